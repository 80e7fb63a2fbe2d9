"""A counter that is only made anew with the whole object is not what the lock of that is for."""

import threading


class Finder:
    def __init__(self):
        self._changed = threading.Condition()
        self._workers = {}
        self._seen = 0
        self._asked = 0
        self._answered = 0

    def ask(self, publish):
        publish()
        self._asked += 1

    def answer(self, worker):
        self._answered += 1  # AUD520
        with self._changed:
            self._workers[worker.name] = worker
            self._changed.notify_all()

    def answered(self):
        with self._changed:
            self._answered += 1

    def reset(self):
        with self._changed:
            self._workers.clear()
            self._seen = 0
            self._asked = 0
            self._answered = 0
            self._changed.notify_all()


def run(finder, publish):
    threading.Thread(target=finder.ask, args=(publish,)).start()
