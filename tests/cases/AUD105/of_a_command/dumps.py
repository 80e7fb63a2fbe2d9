import os
import subprocess


class Dumps:
    async def make(self, name):
        return subprocess.run(["pg_dump", name], check=True)

    async def restore(self, name):
        return subprocess.run(["pg_restore", name], check=True)  # AUD105


class Nothing:
    async def make(self, name):
        return name

    async def restore(self, name):
        return name


def provider():
    if os.environ.get("WITH_DUMPS"):
        return Dumps()
    return Nothing()
