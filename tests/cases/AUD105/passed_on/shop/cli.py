import asyncio

import click

from shop.integrations import open_editor


@click.command()
def edit():
    asyncio.run(open_editor("notes"))
