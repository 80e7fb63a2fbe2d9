"""What sets something up does so once."""

import subprocess

from aiohttp import web


class Device:
    async def initialize(self):
        self.name = subprocess.check_output(["hostname"], text=True)

    async def refresh(self):
        self.name = subprocess.check_output(["hostname"], text=True)  # AUD105


async def serve(device):
    application = web.Application()
    application["device"] = device
    return application
