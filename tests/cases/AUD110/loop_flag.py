"""The handler sees to it that the loop around it ends, or asks whether it does."""

import asyncio


class Reader:
    def __init__(self, source):
        self.source = source
        self._closing = False
        self._stopped = False

    def close(self):
        self._closing = True

    def note(self):
        self._noted = True

    async def read(self, handle):
        while not self._closing:
            try:
                handle(await self.source.read())
            except asyncio.CancelledError:
                self.close()

    async def follow(self, handle):
        while not self._stopped:
            try:
                handle(await self.source.read())
            except asyncio.CancelledError as error:
                if self._stopped:
                    print("stopped", error)
                else:
                    print("cancelled", error)

    async def go_on(self, handle):
        while not self._stopped:
            try:
                handle(await self.source.read())
            except asyncio.CancelledError:  # AUD110
                self.note()


class Proxy:
    """Who cancels has set the flag before; and what ends goes on to its end."""

    def __init__(self, source):
        self.source = source
        self._done = False
        self._tasks = []

    def _cancel_tasks(self):
        for task in self._tasks:
            task.cancel()

    async def send(self, handle):
        while not self._done:
            try:
                data = await self.source.read()
                if not data:
                    self._done = True
                    self._cancel_tasks()
                    break
                handle(data)
            except asyncio.CancelledError:
                print("cancelled")

    async def dispose(self, jobs):
        try:
            jobs.remove_all()
            await asyncio.sleep(0.05)
            jobs.finish()
        except (asyncio.CancelledError, RuntimeError):
            print("already ended")
        await self.source.flush()

    async def _cleanup_loop(self):
        while True:
            try:
                await asyncio.sleep(60)
                self.source.sweep()
            except (asyncio.CancelledError, RuntimeError):  # AUD110
                print("not swept")


class Polling:
    """Somebody else decides what becomes of the exception."""

    def __init__(self, errors, source):
        self.errors = errors
        self.source = source
        self.running = True

    async def poll(self, handle):
        while self.running:
            try:
                handle(await self.source.read())
            except BaseException as error:
                await self.errors.handle(error)

    async def _async_stop(self, relay):
        try:
            await relay.send("unregister")
        except:
            print("not told")
        await relay.flush()
