"""Identifiers of what happens once, and names of what there are a few kinds of."""

import threading


class Tokens:
    def __init__(self):
        self._lock = threading.Lock()
        self._revoked = set()
        self._used = set()
        self._handlers = {}
        self._seen = set()

    async def revoke(self, family_id):
        self._revoked.add(family_id)  # AUD504

    async def use(self, jti):
        if jti in self._used:
            raise PermissionError(jti)
        self._used.add(jti)  # AUD504

    async def subscribe(self, event, handler):
        self._handlers[event] = handler

    async def receive(self, event_id):
        self._seen.add(event_id)
        if len(self._seen) > 1000:
            self._seen.clear()


_digests = {}
_sums = {}


async def digest(path):
    stat = path.stat()
    key = (str(path), stat.st_mtime_ns, stat.st_size)
    if key not in _digests:
        _digests[key] = hash(path.read_bytes())
    return _digests[key]


async def total(session_id, day):
    key = (session_id, day)
    if key not in _sums:
        _sums[key] = [day]  # AUD504
    return _sums[key]
