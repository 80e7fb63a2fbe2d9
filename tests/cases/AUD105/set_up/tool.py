"""A module of the command line."""

import subprocess

import click


async def clean(path):
    click.echo(subprocess.check_output(["git", "clean", path], text=True))
