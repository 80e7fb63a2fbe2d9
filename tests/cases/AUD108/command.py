"""A command ends with its loop."""

import asyncio

import typer

app = typer.Typer()


@app.command()
def serve(url):
    loop = asyncio.new_event_loop()
    loop.run_until_complete(asyncio.sleep(1))
