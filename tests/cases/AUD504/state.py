import asyncio
import collections
import functools
import time
from enum import Enum

from cachetools import TTLCache

_sessions = {}
_seen = set()
_counts = collections.defaultdict(int)
_messages = collections.defaultdict(list)
_bounded = TTLCache(maxsize=100, ttl=60)
_swept = {}
_deleted = {}
_registry = {}
_by_kind = {}
_given_away = {}
_measured = {}
_rebound = {}
_clients = {}


class Kind(Enum):
    ONE = 1


async def login(user_id, session):
    _sessions[user_id] = session  # AUD504


async def see(request):
    address = request.client.host
    _seen.add(address)  # AUD504


async def count(user_id):
    _counts[user_id] += 1


async def receive(message):
    keep(message.chat_id, message)


def keep(chat_id, message):
    _messages[chat_id].append(message)  # AUD504


async def bounded(user_id, session):
    _bounded[user_id] = session


async def swept(user_id):
    _swept[user_id] = time.time()
    for key in [key for key, then in _swept.items() if time.time() - then > 60]:
        del _swept[key]


async def delete_later(job_id, job):
    _deleted[job_id] = job


def done(job_id):
    _deleted.pop(job_id, None)


def register(name):
    """At import time, for a few names."""

    def decorate(function):
        _registry[name] = function
        return function

    return decorate


async def kind(kind: Kind, value):
    _by_kind[kind] = value


async def hand_over(user_id, value, sweep):
    _given_away[user_id] = value
    sweep(_given_away)


async def measured(user_id, value):
    if len(_measured) > 1000:
        raise OverflowError
    _measured[user_id] = value


async def rebound(user_id, value):
    global _rebound
    _rebound[user_id] = value
    _rebound = {key: one for key, one in _rebound.items() if one}


async def by_setting(api_key, base, make):
    """A few configured clients."""
    name = f"{api_key}-{base}"
    if name not in _clients:
        _clients[name] = make()
    return _clients[name]


def in_a_script(user_id):
    _sessions[user_id] = None


class Hub:
    def __init__(self):
        self._rooms = {}
        self._queues = {}
        self._tasks = {}

    async def join(self, room_id, member):
        self._rooms.setdefault(room_id, []).append(member)  # AUD504

    async def listen(self, client_id):
        self._queues[client_id] = asyncio.Queue()
        try:
            await self._queues[client_id].get()
        finally:
            self._queues.pop(client_id)

    async def start(self, job_id, work):
        task = asyncio.create_task(work())
        self._tasks[job_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(job_id, None))


hub = Hub()


class Loader:
    """Made for each request."""

    def __init__(self):
        self.users = {}

    async def user(self, user_id, load):
        if user_id not in self.users:
            self.users[user_id] = await load(user_id)
        return self.users[user_id]


@functools.lru_cache(maxsize=10)
def cached(user_id):
    return user_id


_templates = {}


async def template_of(worker_addr, model_name, fetch):
    if (worker_addr, model_name) not in _templates:
        _templates[(worker_addr, model_name)] = await fetch(worker_addr, model_name)
    return _templates[(worker_addr, model_name)]


class Room:
    by_name = {}

    def __init__(self, name):
        self.name = name
        self._room_lock = asyncio.Lock()
        self._send_locks = {}
        self.by_name[name] = self

    async def send(self, user_id, text):
        if user_id not in self._send_locks:
            self._send_locks[user_id] = asyncio.Lock()
        async with self._send_locks[user_id]:
            return text
