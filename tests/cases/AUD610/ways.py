"""Request values that become paths, and those that somebody looks at first."""

import os
import re
import shutil
import tempfile
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import aiofiles
from fastapi import APIRouter, Depends, File, Header, HTTPException, Query, Request, UploadFile
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse
from jobs import Reference, is_job, is_running
from pydantic import BaseModel, ValidationError
from werkzeug.utils import secure_filename

router = APIRouter()
BASE = Path("files")


class Kind(str, Enum):
    A = "a"


class Export(BaseModel):
    name: str
    number: int


@router.get("/raw")
def raw(path: str):
    return FileResponse(path)  # AUD610


@router.get("/optional")
def optional(path: str | None = None):
    target = BASE / (path or "index.html")
    return FileResponse(target)  # AUD610


@router.get("/rest/{path:path}")
async def rest(path: str):
    async with aiofiles.open(os.path.join("files", path)) as file:  # AUD610
        return await file.read()


@router.get("/formatted")
def formatted(name: Annotated[str, Query(max_length=80)]):
    if not name:
        raise HTTPException(400)
    filename = f"files/{name}.json"
    if not os.path.exists(filename):
        raise HTTPException(404)
    with open(filename) as file:  # AUD610
        return file.read()


@router.post("/body")
def body(export: Export):
    (BASE / export.name).write_text("x")  # AUD610


@router.get("/header")
def header(x_name: str = Header()):
    return FileResponse(BASE / x_name)  # AUD610


@router.get("/query")
async def query(request: Request):
    return FileResponse(BASE / request.query_params["name"])  # AUD610


@router.post("/upload")
async def upload(file: UploadFile = File(...)):
    extension = file.filename.rsplit(".")[-1]
    if extension not in ("csv", "txt"):
        raise HTTPException(400)
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, file.filename)
    with open(path, "wb") as out:  # AUD610
        out.write(await file.read(1000))


@router.delete("/sessions/{session}")
def remove(session: str):
    shutil.rmtree(BASE / session)  # AUD610


@router.get("/users/{user}/notes")
def notes(user: str):
    """The one file beside the folder of users is all that `..` leads to."""
    return FileResponse(BASE / user / "notes.txt")


@router.get("/users/{user}/drafts")
def draft(user: str):
    with open(BASE / user / "draft.txt", "r", encoding="utf-8") as file:
        return file.read()


@router.put("/users/{user}/notes")
def write_notes(user: str, text: str):
    (BASE / user / "notes.txt").write_text(text)  # AUD610


@router.put("/users/{user}/drafts")
def write_draft(user: str, text: str):
    with open(BASE / user / "draft.txt", "w") as file:  # AUD610
        file.write(text)


@router.get("/users/{user}/files/{number}")
def numbered(user: str, number: int):
    return FileResponse(BASE / user / f"{number}.txt")  # AUD610


# One segment of the path holds no slash: `..` alone is a folder, which cannot be read.
@router.get("/segments/{name}")
def segment(name: str):
    return FileResponse(BASE / name)


@router.get("/number/{number}")
def number(number: int, other: UUID, kind: Kind, way: Literal["a", "b"]):
    with open(BASE / str(number)) as a, open(BASE / str(other)) as b:
        return a.read(), b.read(), FileResponse(BASE / kind), FileResponse(BASE / way)


@router.get("/pattern/{path:path}")
def with_pattern(path: Annotated[str, PathParameter(pattern=r"^\w+$")]):
    return FileResponse(BASE / path)


@router.get("/compared")
def compared(name: str):
    if ".." in name or name.startswith("/"):
        raise HTTPException(400)
    return FileResponse(BASE / name)


@router.get("/listed")
def listed(name: str):
    if name not in os.listdir(BASE):
        raise HTTPException(404)
    return FileResponse(BASE / name)


@router.get("/matched")
def matched(name: str):
    if not re.fullmatch(r"\w+", name):
        raise HTTPException(400)
    return FileResponse(BASE / name)


@router.get("/resolved")
def resolved(name: str):
    path = BASE / name
    if BASE.resolve() not in path.resolve().parents:
        raise HTTPException(400)
    return FileResponse(path)


@router.post("/secured")
def secured(file: UploadFile):
    path = BASE / secure_filename(file.filename)
    path.write_bytes(file.file.read(1000))


@router.post("/based")
def based(file: UploadFile):
    name = Path(file.filename).name
    (BASE / name).write_bytes(file.file.read(1000))


@router.post("/checked")
def checked(name: str):
    ensure_inside(name)
    (BASE / name).write_bytes(b"")


def ensure_inside(name):
    raise HTTPException(400)


def current() -> str:
    return "x"


@router.get("/dependency")
def dependency(name: str = Depends(current)):
    return FileResponse(BASE / name)


@router.get("/row")
def row(name: str, rows: Annotated[dict, Depends(current)]):
    return FileResponse(rows[name].path)


# What no request calls names its own paths.
def helper(name: str):
    return FileResponse(BASE / name)


ExtensionName = Annotated[str, PathParameter(pattern=r"^[a-z0-9]+$")]
AnyName = Annotated[str, PathParameter(description="The name.")]


@router.delete("/extensions/{name}")
def extension(name: ExtensionName):
    shutil.rmtree(BASE / name)


@router.delete("/others/{name}")
def other(name: AnyName):
    shutil.rmtree(BASE / name)  # AUD610


@router.get("/anywhere")
def anywhere(path: str):
    target = Path(path)
    if not target.is_absolute():
        raise HTTPException(400, "an absolute path, please")
    return FileResponse(target)


@router.post("/numbered")
def numbered(file: UploadFile, number: int):
    (BASE / f"{number}_{file.filename}").write_bytes(b"")
    Path(f"{BASE}/{file.filename}").write_bytes(b"")  # AUD610


@router.get("/known/{job}/log")
def known_job(job: str):
    if not is_job(job):
        raise HTTPException(404)
    return (BASE / job / "log.txt").read_text()


@router.get("/validated/{job}/log")
def validated_job(job: str):
    try:
        Reference(run=job)
    except ValidationError as error:
        raise HTTPException(422) from error
    return (BASE / job / "log.txt").read_text()


@router.get("/running/{job}/log")
def running_job(job: str):
    if is_running(job):
        raise HTTPException(409)
    if not os.path.exists(BASE / job):
        raise HTTPException(404)
    (BASE / job / "log.txt").write_text("")  # AUD610


def mounted_under(prefix):
    own = APIRouter()

    @own.get(f"{prefix}/assets/{{filename}}")
    def asset(filename: str):
        return FileResponse(f"static/{filename}")

    @own.get(f"{prefix}/pages/{{filename:path}}")
    def page(filename: str):
        return FileResponse(f"static/{filename}")  # AUD610

    return own


@router.get("/browse")
def browse(path: str = "/tmp"):
    return [entry.name for entry in os.scandir(path)]


@router.get("/browse/below")
def browse_below(path: str):
    return os.listdir(os.path.join("files", path))  # AUD610
