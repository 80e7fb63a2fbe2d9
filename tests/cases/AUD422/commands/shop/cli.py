import click
from sqlalchemy.orm import Session

from shop.models import engine
from shop.store import find


@click.command()
@click.argument("search")
def products(search):
    with Session(engine) as session:
        for product in find(session, search):
            click.echo(product.name)


if __name__ == "__main__":
    products()
