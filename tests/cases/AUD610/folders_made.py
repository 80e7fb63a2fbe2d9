"""Folders and files that a path of the request makes by the path's own methods."""

import os
from pathlib import Path

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()
STORE = Path("store")


class New(BaseModel):
    name: str


@router.post("/projects")
def create(new: New):
    folder = STORE / "projects" / new.name
    folder.mkdir(parents=True, exist_ok=True)  # AUD610
    return {"path": new.name}


@router.post("/marks")
def mark(name: str):
    (STORE / name).touch()  # AUD610
    return {}


@router.get("/read")
def read(name: str):
    with (STORE / name).open() as file:  # AUD610
        return file.read()


@router.post("/made")
def made(name: str):
    os.makedirs(os.path.join("store", name), exist_ok=True)  # AUD610
    return {}


@router.post("/segments/{name}")
def segment(name: str):
    (STORE / name).mkdir(exist_ok=True)
    return {}


@router.post("/held")
def held(name: str, shelf):
    shelf.open(name)
    folder = (STORE / name).resolve()
    if not folder.is_relative_to(STORE):
        return None
    folder.mkdir()
    return {}
