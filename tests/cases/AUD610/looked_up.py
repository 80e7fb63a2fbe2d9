"""Values that something is asked for before, and one that goes into several calls."""

import shutil
from pathlib import Path

from fastapi import FastAPI, HTTPException
from shop import database, names

app = FastAPI()
PARTS = Path("parts")


@app.put("/parts/{upload_id}")
async def add_part(upload_id: str, text: str):
    session = await database.upload_session(upload_id)
    if not session:
        raise HTTPException(404)
    (PARTS / upload_id / "part").write_text(text)
    return {"added": True}


@app.delete("/parts/{upload_id}")
async def remove_parts(upload_id: str):
    session = await database.upload_session(upload_id)
    if session is None or session.is_over:
        raise HTTPException(404)
    shutil.rmtree(PARTS / upload_id)
    return {"removed": True}


@app.post("/texts")
async def add_text(name: str, text: str):
    known = await database.count(name)
    (PARTS / name).write_text(text)  # AUD610
    (PARTS / name).read_text()
    return {"added": not known}


@app.post("/others")
async def add_other(name: str, text: str):
    found = names.path_of(name)
    if not found:
        raise HTTPException(404)
    (PARTS / name).write_text(text)  # AUD610
    return {"added": True}


@app.get("/documents")
async def document(name: str):
    if names.is_document(name):
        return (PARTS / name).read_text()
    raise HTTPException(404)


def delete_part(name):
    (PARTS / name).unlink()
    return True


@app.delete("/documents")
async def remove_document(name: str):
    if not delete_part(name):  # AUD610
        raise HTTPException(404)
    return {"removed": True}


@app.get("/plain")
async def plain(name: str):
    normalized = name.replace("\\", "/")
    if ".." in normalized or normalized.startswith("/"):
        raise HTTPException(400)
    return (PARTS / name).read_text()
