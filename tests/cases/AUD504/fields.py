import asyncio
import collections
from dataclasses import dataclass, field


@dataclass
class Quota:
    limit: int
    _inflight: dict[str, asyncio.Lock] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _ordered: dict[str, object] = field(default_factory=lambda: collections.OrderedDict())
    _swept: dict[str, object] = field(default_factory=dict)
    _by_hand: dict[str, object] = field(default_factory=dict)
    _handed: dict[str, object] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _full: dict[str, object] = field(default_factory=lambda: {"root": None})

    async def begin(self, session_id, request):
        self._inflight[session_id] = asyncio.Lock()  # AUD504
        self._seen.add(session_id)  # AUD504
        self._ordered[session_id] = request  # AUD504
        self._swept[session_id] = request
        self._by_hand[session_id] = request
        self._handed[session_id] = request
        self._names.append(session_id)

    async def end(self, session_id):
        self._swept.pop(session_id, None)


_known = {}

quota = Quota(3, _handed=_known)


def sweep(other: Quota):
    other._by_hand.clear()


@dataclass
class Run:
    """One for each run: its dict ends with it."""

    _parts: dict[str, object] = field(default_factory=dict)

    async def add(self, session_id, part):
        self._parts[session_id] = part


async def run(session_id, part):
    one = Run()
    await one.add(session_id, part)
