"""Methods of objects that variables of other modules hold: named by the class, as those of this module are."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module

FILES = {
    "pyproject.toml": "",
    "app/__init__.py": "",
    "app/database.py": """
        import threading

        from sqlalchemy import create_engine
        from sqlalchemy.orm import sessionmaker

        engine = create_engine("sqlite://")
        SessionLocal = sessionmaker(bind=engine)
        GUARD = threading.Lock()
        retries = 3

        class Store:
            @classmethod
            def make(cls):
                return cls()

            def rows(self):
                return []

        store = Store()
    """,
    "app/again.py": "from app.database import engine as source\n",
}


@pytest.mark.parametrize(
    ("imports", "call", "callee"),
    [
        ("from app.database import engine", "engine.connect()", "sqlalchemy.engine.Engine.connect"),
        ("import app.database", "app.database.engine.connect()", "sqlalchemy.engine.Engine.connect"),
        ("from app import database", "database.GUARD.acquire()", "threading.Lock.acquire"),
        ("from app.again import source", "source.connect()", "sqlalchemy.engine.Engine.connect"),
        ("from app.database import store", "store.rows()", "app.database.Store.rows"),
        ("from app.database import Store", "Store.make()", "app.database.Store.make"),
        ("from app import database", "database.Store()", "app.database.Store"),
        ("import os", "os.path.join('a')", "os.path.join"),
        ("from unknown import engine", "engine.connect()", "unknown.engine.connect"),
    ],
)
def test_the_class_of_an_imported_variable(
    make_project: Callable[[dict[str, str]], Path], imports: str, call: str, callee: str
) -> None:
    root = make_project({**FILES, "app/main.py": f"{imports}\n\n{call}\n"})
    path = root / "app" / "main.py"
    text = path.read_text()
    project = Project(root)
    module = Module(
        ast.parse(text),
        text.splitlines(keepends=True),
        path=str(path),
        name="app.main",
        elsewhere=project.elsewhere(str(path)),
    )
    project.open(module)
    calls = [node for node in module.nodes(ast.Call) if isinstance(module.parent(node), ast.Expr)]
    assert [module.callee(node) for node in calls] == [callee]
