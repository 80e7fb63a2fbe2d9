"""What the holder has set lets the function return before it takes the lock again."""

import threading


class Permissions:
    def __init__(self, policies):
        self._lock = threading.Lock()
        self.enforcer = None
        self.policies = policies
        self.rules = None

    def start(self):
        if self.enforcer is not None:
            return
        with self._lock:
            self.enforcer = self.policies.load()
            self.fill()

    def fill(self):
        self.start()
        self.enforcer.fill()

    def refresh(self):
        if self.rules is not None:
            return
        with self._lock:
            self.enforcer = self.policies.load()
            self.update()  # AUD523

    def update(self):
        self.refresh()
        self.enforcer.fill()
