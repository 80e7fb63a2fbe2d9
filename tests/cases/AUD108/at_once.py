"""A loop that is made to run something, and that nobody holds."""

import asyncio


def wait(task):
    return asyncio.new_event_loop().run_until_complete(task)  # AUD108


def runner():
    return asyncio.new_event_loop().run_forever


if __name__ == "__main__":
    asyncio.new_event_loop().run_until_complete(asyncio.sleep(1))
