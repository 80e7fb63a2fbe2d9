"""An entry that the caller has made under the lock belongs to what it starts."""

import threading


class Jobs:
    def __init__(self):
        self._lock = threading.Lock()
        self.ended = {}
        self.counts = {}

    def start(self, key):
        with self._lock:
            if key in self.ended:
                return
            self.ended[key], self.counts[key] = False, 0
        threading.Thread(target=self.work, args=(key,)).start()

    def work(self, key):
        self.ended[key] = True
        self.counts[key] = self.counts[key] + 1
        self.counts[key] = len(self.counts)  # AUD520

    def end(self, key):
        self.ended[key] = True  # AUD520

    def forget(self):
        """Testing hook: forget what ran before."""
        self.ended.clear()

    def forget_all(self):
        """Forget what ran before."""
        self.ended.clear()  # AUD520

    def look_1(self):
        with self._lock:
            return self.counts, self.ended
