"""Objects that the application makes once: what requests put in them stays."""

from collections import defaultdict, deque


class QuotaManager:
    def __init__(self, limit):
        self.limit = limit
        self._stamps = {}

    def acquire(self, key, now):
        stamps = self._stamps.setdefault(key, deque())  # AUD504
        while stamps and now - stamps[0] > 60:
            stamps.popleft()
        if len(stamps) >= self.limit:
            raise ValueError("too many")
        stamps.append(now)


class Breakers:
    def __init__(self):
        self._failures = {}

    def note(self, session_id):
        self._failures[session_id] = self._failures.get(session_id, 0) + 1  # AUD504


class Service:
    """Holds its parts for as long as it lives itself."""

    def __init__(self):
        self.breakers = Breakers()


class Conversation:
    """One of many: a route keeps each under its key."""

    def __init__(self):
        self._answers = {}

    def answer(self, message_id, text):
        self._answers[message_id] = text


class Report:
    """A coroutine makes one for itself."""

    def __init__(self):
        self._lines = defaultdict(list)

    def add(self, request_id, text):
        self._lines[request_id].append(text)


class Plugins:
    """Made once, but by keys of which there are a few."""

    def __init__(self):
        self._logos = {}

    def logo(self, logo_path, token):
        self._logos[logo_path] = token
