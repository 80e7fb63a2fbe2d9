"""Who fills it and who empties it take turns."""

import queue


class Sampler:
    def __init__(self, runner):
        self._runner = runner
        self._metrics = queue.Queue()

    def fill(self):
        while True:
            self._metrics.put(next(self._runner))

    def empty(self):
        while True:
            self._metrics.get_nowait().show()
