import asyncio
from pathlib import Path

from shop.service import Service


def run(call):
    print(asyncio.run(call(Service())))


def login(file: Path):
    run(lambda service: service.login(file))


def settings(file: Path):
    run(lambda service: service.settings(file))
