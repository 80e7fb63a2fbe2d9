"""One loop for as long as the process lives."""

import asyncio

from writeups import Ratings


async def serve(numbers):
    ratings = Ratings(5)
    async for number in numbers:
        await ratings.page(number)


def main(numbers):
    asyncio.run(serve(numbers))
