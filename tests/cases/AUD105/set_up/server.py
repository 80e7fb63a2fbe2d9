"""What sets something up does so once."""

import subprocess

from aiohttp import web


class Device:
    async def initialize(self):
        self.name = subprocess.check_output(["hostname"], text=True)
        await self._read_version()

    async def _read_version(self):
        self.version = subprocess.check_output(["uname", "-r"], text=True)

    async def refresh(self):
        self.name = subprocess.check_output(["hostname"], text=True)  # AUD105


async def serve(device):
    application = web.Application()
    application["device"] = device
    return application
