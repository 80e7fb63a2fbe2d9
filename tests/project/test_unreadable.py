"""A file of the project that cannot be parsed may hold whatever another file's finding says is missing."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.rule import Rule
from flake8_auditrules.rules.web.unbounded_upload import UnboundedUpload
from flake8_auditrules.rules.web.unregistered_router import UnregisteredRouter
from flake8_auditrules.rules.workers.unknown_task_name import UnknownTaskName

Make = Callable[[dict[str, str]], Path]

_ROUTES = """
from fastapi import APIRouter, UploadFile

router = APIRouter()

@router.post("/orders")
async def post(file: UploadFile):
    return len(await file.read())
"""
_TASKS = """
from celery import Celery

app = Celery("shop")

@app.task(name="send_mail")
def send_mail():
    pass

def order():
    app.send_task("send_mails")
"""
_OTHER = (
    "from fastapi import FastAPI\nfrom shop.other import router\napp = FastAPI()\napp.include_router(router)\n"
)
_HALF = "\ndef half(\n"


@pytest.mark.parametrize(
    ("rule", "text", "main", "is_found"),
    [
        (UnregisteredRouter, _ROUTES, "import fastapi\n", True),
        (UnregisteredRouter, _ROUTES, "import fastapi\n" + _HALF, False),
        (UnregisteredRouter, _ROUTES, "import os\n" + _HALF, True),
        (UnregisteredRouter, _ROUTES, "import fastapi\nfrom {{ package }} import router\n", True),
        (UnboundedUpload, _ROUTES, "from starlette import applications\n", True),
        (UnboundedUpload, _ROUTES, "from starlette import applications\n" + _HALF, False),
        (UnknownTaskName, _TASKS, "import celery\n", True),
        (UnknownTaskName, _TASKS, "import celery\n" + _HALF, False),
    ],
)
def test_what_an_unreadable_file_may_hold(
    make_project: Make, rule: type[Rule], text: str, main: str, is_found: bool
) -> None:
    root = make_project(
        {"shop/__init__.py": "", "shop/main.py": main, "shop/app.py": _OTHER, "shop/part.py": text}
    )
    engine = Engine(Config(), [rule])
    path = str(root / "shop" / "part.py")
    found = list(engine.findings(ast.parse(text), text.splitlines(keepends=True), path))
    assert bool(found) is is_found
