"""What counts the requests of others keeps each who ever came; what holds back its own requests waits for it."""

import time
from collections import defaultdict, deque


class RateLimiter:
    def __init__(self, limit):
        self.limit = limit
        self._buckets = {}
        self._limits = {}

    def limit_path(self, path):
        return self._limits.get(path, self.limit)

    def set_limit(self, path, limit):
        self._limits[path] = limit

    def check(self, key):
        bucket = self._buckets.setdefault(key, deque())  # AUD504
        while bucket and bucket[0] < time.monotonic() - 60:
            bucket.popleft()
        bucket.append(time.monotonic())
        return len(bucket) <= self.limit


class SweptRateLimiter:
    def __init__(self):
        self._buckets = {}

    def check(self, key):
        self._buckets[key] = time.monotonic()
        for old in [one for one, then in self._buckets.items() if then < time.monotonic() - 60]:
            del self._buckets[old]


class OutgoingLimiter:
    def __init__(self):
        self._last = {}

    def before(self, key):
        time.sleep(max(0, self._last.get(key, 0) + 1 - time.monotonic()))
        self._last[key] = time.monotonic()


class ModelLimiter:
    def __init__(self):
        self._last = {}

    def before(self, key, model_id):
        self._last[key] = (model_id, time.monotonic())


class DemoRateLimiter:
    def __init__(self):
        self._hits: dict[str, deque] = defaultdict(deque)

    def check(self, client_ip):
        self._hits[client_ip].append(time.monotonic())  # AUD504

    def reset(self):
        """For tests."""
        self._hits.clear()


class ToolRateLimiter:
    """The tools of the program are few."""

    def __init__(self):
        self._history = defaultdict(deque)

    def allow(self, tool_name):
        return self._record(tool_name)

    def _record(self, key):
        self._history[key].append(time.monotonic())
        return len(self._history[key]) < 60
