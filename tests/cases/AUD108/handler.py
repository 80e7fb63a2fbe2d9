"""Between the making and the `try` only the handler of exceptions is set."""

import asyncio


def connect(toolkit):
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda _loop, context: None)
    try:
        return loop.run_until_complete(toolkit.connect())
    finally:
        loop.close()
