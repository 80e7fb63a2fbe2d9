import asyncio

import click

from snapshots import Remote, provider


@click.command()
@click.argument("name")
def branch(name):
    made = provider("https://api.example.com")
    asyncio.run(made.branch(name))
    while not asyncio.run(made.status(name)):
        pass
    asyncio.run(Remote("https://api.example.com").remove(name))
