"""Servers hardly run on Windows."""

import os
import subprocess
import sys

from platforms import WINDOWS


class Launcher:
    def signal(self, number):
        if WINDOWS and number == 2:
            subprocess.check_output(["taskkill", "-pid", str(self.process.pid)])
        else:
            self.process.send_signal(number)

    async def stop(self):
        self.signal(2)


def restrict(path):
    if sys.platform != "win32":
        return
    subprocess.run(["icacls", path, "/inheritance:r"], check=True)


def restrict_or_move(path):
    if os.name != "nt":
        path.chmod(0o600)
    else:
        subprocess.run(["icacls", path, "/inheritance:r"], check=True)


def restrict_here(path):
    if sys.platform == "win32":
        return
    subprocess.run(["chmod", "600", path], check=True)


async def save(path):
    restrict(path)
    restrict_or_move(path)
    restrict_here(path)  # AUD105
