"""Pipes of a process that is run beside the event loop."""

import asyncio
import subprocess


class Worker:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    async def next_line(self):
        return self.process.stdout.readline()  # AUD105

    async def next_line_in_thread(self):
        return await asyncio.to_thread(self.process.stdout.readline)

    async def complaint(self):
        if self.process.poll() is not None:
            return self.process.stderr.read()
        return b""
