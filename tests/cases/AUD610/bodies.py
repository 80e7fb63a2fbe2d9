"""Texts of JSON bodies without a model."""

from pathlib import Path

from fastapi import APIRouter, Request
from flask import Flask, request

app = Flask(__name__)
router = APIRouter()
REPORTS = Path("reports")


@app.post("/a")
def from_a_body():
    data = request.get_json()
    name = data.get("name")
    return (REPORTS / f"{name}.txt").read_text()  # AUD610


@app.post("/b")
def at_once():
    return (REPORTS / request.json["name"]).read_text()  # AUD610


@app.post("/c")
def looked_at():
    data = request.get_json()
    name = data["name"]
    if name not in ("first", "second"):
        return ""
    return (REPORTS / name).read_text()


@app.post("/d")
def told_where():
    data = request.get_json() or {}
    return Path(data["directory"]).iterdir()


@app.post("/d/begun")
def told_where_to_begin():
    workdir = Path(request.get_json()["workdir"])
    (workdir / "settings.json").write_text("{}")


@app.post("/d/below")
def told_what_is_below():
    workdir = REPORTS / request.get_json()["workdir"]
    (workdir / "settings.json").write_text("{}")  # AUD610


@router.post("/e")
async def awaited(asked: Request):
    body = await asked.json()
    return (REPORTS / body["name"]).read_text()  # AUD610


@router.post("/f")
async def parameter(body: dict):
    return (REPORTS / body["name"]).read_text()  # AUD610


@router.post("/g")
async def number(body: dict):
    return (REPORTS / str(int(body["number"]))).read_text()


KNOWN = {"first": 1}


@router.post("/h")
async def in_a_table(body: dict):
    name = body["name"]
    number = KNOWN[name]
    return number, (REPORTS / name).read_text()


@router.post("/i")
async def found(body: dict):
    name = body["name"]
    number = KNOWN.get(name)
    if number is None:
        return ""
    return (REPORTS / name).read_text()
