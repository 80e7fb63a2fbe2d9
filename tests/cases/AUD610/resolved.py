"""Paths that are given another form, with and without a look at where they lead."""

import os
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse

app = FastAPI()
FILES = Path("files")


@app.get("/resolved")
def resolved(name: str):
    path = (FILES / name).resolve()
    return FileResponse(path)  # AUD610


@app.get("/absolute")
def absolute(name: str):
    path = os.path.abspath(os.path.join("files", name))
    with open(path) as file:  # AUD610
        return file.read()


@app.get("/looked-at")
def looked_at(name: str):
    path = (FILES / name).resolve()
    if FILES.resolve() not in path.parents:
        raise HTTPException(404)
    return FileResponse(path)


@app.get("/real")
def real(name: str):
    path = os.path.realpath(os.path.join("files", name))
    if not path.startswith(os.path.realpath("files") + os.sep):
        raise HTTPException(404)
    return FileResponse(path)


@app.get("/normal")
def normal(name: str):
    path = os.path.normpath(os.path.join("files", name))
    if os.path.commonpath([path, "files"]) != "files":
        raise HTTPException(404)
    return FileResponse(path)


@app.get("/tried")
def tried(name: str):
    path = (FILES / name).resolve()
    try:
        path.relative_to(FILES.resolve())
    except ValueError as error:
        raise HTTPException(404) from error
    return FileResponse(path)
