"""Which of several classes an object has is asked before it is told to wait."""

import asyncio
import queue


class Device:
    def __init__(self):
        self.blocks: queue.Queue = queue.Queue()

    def read(self):
        return self.blocks.get()


class Demo:
    def read(self):
        return b""


async def capture(is_demo):
    source = Demo() if is_demo else Device()
    while True:
        if isinstance(source, Device):
            block = await asyncio.to_thread(source.read)
        else:
            block = source.read()
        if block is None:
            return


async def capture_device(is_demo):
    source = Demo() if is_demo else Device()
    while True:
        if isinstance(source, Device):
            block = source.read()  # AUD106
        else:
            block = source.read()
        if block is None:
            return


async def capture_any(is_demo):
    source = Demo() if is_demo else Device()
    while True:
        if source.read() is None:  # AUD106
            return
