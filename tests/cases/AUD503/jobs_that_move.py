"""Jobs that move what is waiting, and see to the failures of their work."""

import logging
from concurrent.futures import ThreadPoolExecutor

logger = logging.getLogger(__name__)


class Lanes:
    def __init__(self):
        self.pool = ThreadPoolExecutor(max_workers=2)
        self.waiting = []

    def start(self, record):
        self.waiting.append(record)
        self.pool.submit(self._pump, record)

    def start_bare(self, record):
        self.pool.submit(self._pump_bare, record)  # AUD503

    def _pump(self, record):
        job = self.lanes.get(record)
        self._run(job)
        self.idle.set()

    def _run(self, job):
        try:
            job()
        except Exception:
            logger.exception("failed")

    def _pump_bare(self, record):
        job = self.lanes.get(record)
        job.run()
        self.idle.set()
