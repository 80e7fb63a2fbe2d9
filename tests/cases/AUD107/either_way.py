"""A call that is awaited gives a coroutine: the way that runs a loop of its own is not taken."""

import asyncio


class Query:
    def __init__(self, function, is_async):
        self.function = function
        self.is_async = is_async

    def run(self):
        if not self.is_async:
            return asyncio.run(self.function())
        return self.function()


async def awaited(query: Query):
    return await query.run()


async def called(query: Query):
    return query.run()  # AUD107


class Browser:
    async def close(self):
        await asyncio.sleep(0)

    def stop(self):
        try:
            asyncio.get_event_loop().create_task(self.close())
        except RuntimeError:
            asyncio.run(self.close())


async def stopped(browser: Browser):
    browser.stop()


class Pins:
    """Who asks a function of its own whether the loop runs starts another one only where none does."""

    async def read(self):
        await asyncio.sleep(0)

    def pinned(self):
        if not _loop_is_running():
            return asyncio.get_event_loop().run_until_complete(self.read())
        return None

    def read_in_loop(self):
        return asyncio.run(self.read())

    def refreshed(self):
        return self.read_in_loop()


def _loop_is_running():
    try:
        return asyncio.get_event_loop().is_running()
    except RuntimeError:
        return False


async def asked(pins: Pins):
    pins.pinned()
    return pins.refreshed()  # AUD107
