import asyncio

from app.rates import for_console


def main() -> None:
    print(asyncio.run(for_console("EUR")))
