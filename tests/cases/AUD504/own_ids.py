"""Entries that carry the key which they are kept under."""

import threading
import uuid

from fastapi import APIRouter

router = APIRouter()


class JobManager:
    def __init__(self, work):
        self._jobs = {}
        self._done = {}
        self._work = work
        self._lock = threading.Lock()

    def start(self, kind):
        job = {"id": uuid.uuid4().hex, "kind": kind, "status": "running"}
        with self._lock:
            self._jobs[job["id"]] = job  # AUD504
        threading.Thread(target=self._work, args=(job,)).start()
        return job

    def get(self, job_id):
        return self._jobs.get(job_id)

    def finish(self, kind):
        job = {"id": uuid.uuid4().hex, "kind": kind}
        self._done[job["id"]] = job

    def forget(self, job_id):
        self._done.pop(job_id, None)


class Kinds:
    def __init__(self):
        self._kinds = {}

    def add(self, kind):
        entry = {"id": kind.name, "kind": kind}
        self._kinds[entry["id"]] = entry


manager = JobManager(print)
kinds = Kinds()


@router.post("/jobs")
def start(kind: str):
    return manager.start(kind), manager.finish(kind)


@router.post("/kinds")
def add(kind: str):
    return kinds.add(kind)
