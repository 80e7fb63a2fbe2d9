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
