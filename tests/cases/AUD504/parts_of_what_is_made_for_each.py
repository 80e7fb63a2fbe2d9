"""Objects that the constructor of one makes which lives for one run, and marks of what has been told."""

import asyncio
import logging

logger = logging.getLogger(__name__)
_WARNED_ROUTES = set()
_runs = {}


class Bridge:
    def __init__(self):
        self.pending = {}

    async def call(self, call_id):
        self.pending[call_id] = asyncio.get_running_loop().create_future()
        return await self.pending[call_id]


class Run:
    def __init__(self, run_id, browser):
        self.run_id = run_id
        self.bridge = Bridge() if browser else None


async def start(run_id, browser):
    run = Run(run_id, browser)
    _runs[run.run_id] = run
    try:
        await run.bridge.call(run_id)
    finally:
        _runs.pop(run_id, None)


async def warn_once(path):
    if path not in _WARNED_ROUTES:
        _WARNED_ROUTES.add(path)
        logger.warning("%s is not cached", path)


class SharedBridge:
    def __init__(self):
        self.pending = {}

    async def call(self, call_id):
        self.pending[call_id] = asyncio.get_running_loop().create_future()  # AUD504
        return await self.pending[call_id]


class Application:
    def __init__(self):
        self.bridge = SharedBridge()


application = Application()
