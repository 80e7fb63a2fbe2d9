"""Paths in errors: those that the server has chosen, and those that are the client's or say nothing."""

import os
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from flask import Blueprint, abort, jsonify, request
from pydantic import BaseModel
from shop.settings import DEBUG, settings

router = APIRouter()
pages = Blueprint("pages", __name__)
HERE = os.path.dirname(os.path.abspath(__file__))
RELATIVE = Path("reports")
DATA = Path(os.getenv("DATA", "/srv/data"))
STORAGE = os.environ.get("STORAGE", "/srv/storage")


def _manifest_path(name: str) -> Path:
    return DATA / "manifests" / name


@router.get("/built")
def built(name: str):
    raise HTTPException(404, f"no file {DATA / name}")  # AUD617


@router.get("/joined")
def joined(name: str):
    path = os.path.join(HERE, name)
    raise HTTPException(status_code=404, detail="no file " + path)  # AUD617


@router.get("/own-function")
def own_function(name: str):
    path = _manifest_path(name)
    raise HTTPException(500, detail={"code": "unreadable", "path": str(path)})  # AUD617


@router.get("/response")
def response(name: str):
    return JSONResponse(status_code=404, content={"error": f"{settings.UPLOAD_DIR}/{name} is missing"})  # AUD617


@router.get("/through-a-name")
def through_a_name(name: str):
    message = f"cannot read {STORAGE}/{name} below {Path.cwd()}"
    raise HTTPException(500, detail=message)  # AUD617


@router.get("/beside-a-status")
def beside_a_status(name: str):
    return jsonify(error=f"no {os.path.join(HERE, name)}"), 404  # AUD617


@router.get("/key")
def key():
    if not DATA.exists():
        return {"error": f"{DATA} is not there", "folder": "data"}  # AUD617
    return {"text": "", "folder": DATA.name}


def _read(path: Path) -> str:
    if not path.exists():
        abort(404, f"{path} does not exist")  # AUD617
    return path.read_text()


class Files:
    def __init__(self) -> None:
        self.folder = Path.home() / "files"

    def find(self, name: str) -> Path:
        file = self.folder / name
        if not file.exists():
            raise HTTPException(404, detail=f"no {file}")  # AUD617
        return file


# -- silent ------------------------------------------------------------------------------------------------


@router.get("/state")
def state():
    if not DATA.exists():
        return {"error": "no folder", "looked_at": f"{DATA}"}
    return {"state": "ready", "folder": str(DATA)}


@router.get("/state-kept")
def state_kept():
    answer = {"state": "ready", "storage": {"folder": str(DATA)}}
    return answer


@router.get("/name")
def name_alone(name: str):
    path = DATA / name
    raise HTTPException(404, f"no file {path.name}, {path.relative_to(DATA)}, {os.path.basename(str(path))}")


@router.get("/clients-own")
def clients_own(path: str):
    raise HTTPException(404, f"no file {path}, {Path(path)}")


@router.get("/typed")
def typed(path: Path):
    raise HTTPException(404, f"no file {path}")


@router.get("/relative")
def relative(name: str):
    raise HTTPException(404, f"no file {RELATIVE / name}")


@router.get("/file")
def file_itself():
    return FileResponse(DATA / "index.html", status_code=404)


@router.get("/success")
def success():
    return {"folder": DATA.name, "file": FileResponse(DATA)}


@router.get("/page")
def page():
    return HTMLResponse((DATA / "index.html").read_text())


@router.get("/debugging")
def debugging(name: str):
    if DEBUG:
        raise HTTPException(404, f"no file {DATA / name}")
    raise HTTPException(404, f"{(DATA / name).exists()} {len(str(DATA))}")


class Saved(BaseModel):
    directory: str
    name: str


def _child_of(directory: str, name: str) -> Path:
    return Path(directory).resolve() / name


@router.post("/saved")
def saved(body: Saved):
    target = _child_of(body.directory, body.name)
    if target.exists():
        raise HTTPException(409, f"{target} is there already")
    other = _child_of("reports", body.name)
    raise HTTPException(409, f"{other} is there already")  # AUD617


@router.post("/searched")
def searched(body: Saved):
    root = body.directory or os.getcwd()
    raise HTTPException(404, f"there is no {root}")


def _resolved(path: str) -> Path:
    return Path(path).resolve()


@pages.route("/listed")
def listed():
    raw = request.args.get("path", "") or "shop"
    folder = _resolved(raw)
    return jsonify(error=f"cannot read {folder}"), 403


def place_of(value: str | None):
    path = Path(value).expanduser().resolve() if value else Path.cwd().resolve()
    if not path.is_dir():
        raise HTTPException(status_code=400, detail=f"no folder: {path}")
    return path
