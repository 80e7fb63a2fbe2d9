import click

from doctor import rows, rows_served


@click.command()
@click.argument("path")
def check(path):
    click.echo(len(rows(path)))
    click.echo(len(rows_served(path)))
