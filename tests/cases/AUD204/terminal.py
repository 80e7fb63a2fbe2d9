"""A command of a program: the process ends right after it."""

import click
import sqlalchemy


@click.command()
def rebuild(url):
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        click.echo(connection.exec_driver_sql("SELECT 1").scalar())
