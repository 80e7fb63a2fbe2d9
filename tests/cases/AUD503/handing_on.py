"""A job that only hands others in does not fail itself."""

from concurrent.futures import ThreadPoolExecutor


class Launcher:
    def __init__(self, launch, errors):
        self._main = ThreadPoolExecutor(max_workers=1)
        self._launchers = ThreadPoolExecutor(max_workers=8)
        self._launch = launch
        self._errors = errors

    def launch(self, count):
        self._main.submit(self._launch_all, count)

    def _launch_all(self, count):
        while count > 0:
            self._launchers.submit(self._launch_one, min(count, 4))
            count -= 4

    def _launch_one(self, count):
        try:
            self._launch(count)
        except Exception as error:
            self._errors.put(error)
