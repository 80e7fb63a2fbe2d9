"""Who sleeps on every turn asks somebody else for work now and then."""

import queue
import time


class Agent:
    def __init__(self, server):
        self._server = server
        self._queue = queue.Queue()

    def poll(self):
        while True:
            for job in self._server.jobs():
                self._queue.put(job)
            time.sleep(5)

    def work(self):
        while True:
            self._queue.get().run()
