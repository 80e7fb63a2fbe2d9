"""A class for callers without a loop, beside the one for callers with a loop."""

import subprocess


class SyncEngine:
    def close(self):
        subprocess.run(["engine", "stop"])

    async def aclose(self):
        self.close()


class AsyncEngine:
    def close(self):
        subprocess.run(["engine", "stop"])

    async def aclose(self):
        self.close()  # AUD105


class SyncJob:
    async def run(self):
        subprocess.run(["job"])  # AUD105
