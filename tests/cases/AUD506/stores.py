import asyncio
import collections
import secrets
import threading
import uuid
from dataclasses import dataclass

from cachetools import TTLCache
from fastapi import APIRouter, BackgroundTasks, FastAPI, HTTPException, Request
from pydantic import BaseModel

app = FastAPI()
router = APIRouter()

_jobs: dict[str, dict] = collections.OrderedDict()  # AUD506
_codes: dict[str, str] = {}  # AUD506
_records = {}  # AUD506
_models = dict()
_logins = {}  # AUD506
_bounded = TTLCache(maxsize=100, ttl=60)
_page_cache = {}
_job_locks = {}
_tasks: dict[str, asyncio.Task] = {}
_sockets = {}
_one_route = {}
_by_user = {}
_constants = {"default": {}}
_counters = {}


class Upload(BaseModel):
    name: str


@dataclass
class Record:
    state: str


def remember(job_id, name):
    _jobs[job_id] = {"name": name}


@router.post("/jobs")
async def create_job(name: str, background: BackgroundTasks):
    job_id = f"job-{uuid.uuid4().hex[:8]}"
    _jobs[job_id] = {"name": name, "state": "queued"}
    background.add_task(work, job_id)
    return job_id


def work(job_id):
    _jobs[job_id]["state"] = "done"


def job_or_404(job_id):
    if job_id not in _jobs:
        raise HTTPException(404)
    return _jobs[job_id]


@router.get("/jobs/{job_id}")
async def job(job_id: str):
    return job_or_404(job_id)


def new_code(user_id):
    """A helper of the route makes the key."""
    code = secrets.token_urlsafe(16)
    _codes[code] = user_id
    return code


@app.post("/authorize")
def authorize(user_id: str):
    return new_code(user_id)


@app.post("/token")
def token(code: str):
    return _codes.pop(code, None)


@app.post("/records")
def make_record():
    key = str(uuid.uuid4())
    record = Record("new")
    _records[key] = record
    _models[key] = Upload(name=key)  # With the record it is one thing.
    return key


@app.get("/records/{key}")
def read_record(key: str):
    return _records.get(key), _models.get(key)


@app.get("/login")
def login(flow):
    url, state = flow.authorization_url()
    _logins[state] = {"verifier": flow.code_verifier}
    return url


@app.get("/callback")
def callback(state: str):
    if state not in _logins:
        raise HTTPException(400)
    return _logins.pop(state)


# A cache with a bound, one by its name, locks: nothing that has to be known elsewhere.


@app.post("/pages")
def make_page(text: str):
    key = uuid.uuid4().hex
    _bounded[key] = text
    _page_cache[key] = text
    _job_locks[key] = threading.Lock()
    return key


@app.get("/pages/{key}")
def read_page(key: str):
    with _job_locks[key]:
        return _bounded.get(key) or _page_cache.get(key)


# What lives in one process only.


@app.post("/runs")
async def run(request: Request):
    run_id = str(uuid.uuid4())
    _tasks[run_id] = asyncio.create_task(asyncio.sleep(1))
    task = asyncio.create_task(asyncio.sleep(1))
    _sockets[run_id] = {"task": task, "state": "running"}
    return run_id


@app.delete("/runs/{run_id}")
async def cancel(run_id: str):
    _tasks[run_id].cancel()
    _sockets.pop(run_id)["task"].cancel()


# Made and asked within one request.


@app.post("/batches")
def batch(names: list[str]):
    for name in names:
        _one_route[uuid.uuid4().hex] = name
    return [_one_route.get(key) for key in list(_one_route)]


# Keys that the client brings: it may be a cache, or the client may send all again.


@app.put("/users/{user_id}")
def put_user(user_id: str, name: str):
    _by_user[user_id] = {"name": name}


@app.get("/users/{user_id}")
def get_user(user_id: str):
    return _by_user.get(user_id)


# Constants that are there from the start, and a total that no client asks for by a key.


@app.post("/defaults")
def add_default():
    _constants[uuid.uuid4().hex] = {}
    _counters[uuid.uuid4().hex] = 1


@app.get("/defaults/{name}")
def default(name: str):
    return _constants[name], len(_counters)


def create_app():
    inner = FastAPI()
    uploads = {}  # AUD506

    @inner.post("/uploads")
    def begin():
        upload_id = uuid.uuid4()
        uploads[upload_id] = []
        return upload_id

    @inner.put("/uploads/{upload_id}")
    def add(upload_id: uuid.UUID, part: str):
        uploads[upload_id].append(part)

    return inner


class Server:
    """One object holds the routes."""

    def __init__(self):
        self.app = FastAPI()
        self.sessions = {}  # AUD506
        self.define_routes()

    def define_routes(self):
        @self.app.post("/sessions")
        def open_session():
            session_id = str(uuid.uuid4())
            self.sessions[session_id] = {"messages": []}
            return session_id

        @self.app.get("/sessions/{session_id}")
        def read_session(session_id: str):
            if session_id not in self.sessions:
                raise HTTPException(404)
            return self.sessions[session_id]


class Request2:
    """Made for each request."""

    def __init__(self):
        self.parts = {}

    def add(self, part):
        self.parts[uuid.uuid4().hex] = part

    def get(self, key):
        return self.parts[key]
