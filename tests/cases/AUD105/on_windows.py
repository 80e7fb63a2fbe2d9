"""Servers hardly run on Windows."""

import subprocess

from platforms import WINDOWS


class Launcher:
    def signal(self, number):
        if WINDOWS and number == 2:
            subprocess.check_output(["taskkill", "-pid", str(self.process.pid)])
        else:
            self.process.send_signal(number)

    async def stop(self):
        self.signal(2)
