"""Parameters without an annotation, known by what all calls of the project hand in."""

from __future__ import annotations

import pytest

from tests.project.test_blocking_chains import codes

STORE = """
    import sqlite3

    class Store:
        def __init__(self, path):
            self._connection = sqlite3.connect(path)

        def names(self):
            return self._connection.execute("select name from users").fetchall()

    class Quick:
        def names(self):
            return []
"""

SERVICE = """
    class Service:
        def __init__(self, title, store):
            self.title = title
            self._store = store

        async def show(self):
            return self._store.names()
"""

KNOWN = {
    "by position": "service = Service('users', Store('users.db'))",
    "by name": "service = Service('users', store=Store('users.db'))",
    "through a variable": "store = Store('users.db')\nservice = Service('users', store)",
    "through an attribute": """
class Holder:
    def __init__(self):
        self.store = Store('users.db')

    def service(self):
        return Service('users', self.store)
""",
    "through a parameter that is handed on": """
def service_of(store):
    return Service('users', store)

service = service_of(Store('users.db'))
""",
    "twice": "one = Service('users', Store('users.db'))\nother = Service('groups', Store('groups.db'))",
    "once, and None besides": "one = Service('users', Store('users.db'))\nother = Service('none', None)",
    "or a class that does not block": "one = Service('users', Store('a.db'))\nother = Service('none', Quick())",
}

UNKNOWN = {
    "that nobody calls": "",
    "that is handed what is not known": """
import unknown

service = Service('users', unknown.store())
""",
    "that is handed what is not known as well": """
import unknown

one = Service('users', Store('users.db'))
other = Service('users', unknown.store())
""",
    "that is handed a class that does not block": "service = Service('users', Quick())",
    "of another class of that name": """
class Service:
    def __init__(self, title, store):
        self.store = store

service = Service('users', Store('users.db'))
""",
}

IMPORTS = "from app.service import Service\nfrom app.store import Quick, Store\n"


def _files(main: str) -> dict[str, str]:
    imports = IMPORTS if "class Service" not in main else "from app.store import Store\n"
    return {
        "app/__init__.py": "",
        "app/store.py": STORE,
        "app/service.py": SERVICE,
        "app/main.py": imports + main,
    }


@pytest.mark.parametrize("shape", KNOWN)
def test_a_parameter_is_what_all_calls_of_the_project_hand_in(shape: str) -> None:
    assert codes(_files(KNOWN[shape])) == [("app/service.py", 7, "AUD103")]


@pytest.mark.parametrize("shape", UNKNOWN)
def test_nothing_is_told_of_a_parameter(shape: str) -> None:
    assert codes(_files(UNKNOWN[shape])) == []


def test_a_function_that_makes_routes() -> None:
    files = {
        "app/__init__.py": "",
        "app/store.py": STORE,
        "app/routes.py": """
            from fastapi import APIRouter

            def routes(store):
                router = APIRouter()

                @router.get("/names")
                async def names():
                    return store.names()

                return router
        """,
        "app/main.py": """
            from fastapi import FastAPI
            from .routes import routes
            from .store import Store

            app = FastAPI()
            app.include_router(routes(Store("users.db")))
        """,
    }
    assert codes(files) == [("app/routes.py", 8, "AUD103")]


def test_modules_beside_each_other_without_a_package() -> None:
    files = {
        "store.py": STORE,
        "service.py": SERVICE,
        "main.py": """
            from service import Service
            from store import Store

            service = Service("users", Store("users.db"))
        """,
    }
    assert codes(files) == [("service.py", 7, "AUD103")]


def test_what_tests_hand_in_does_not_count() -> None:
    files = {
        **_files(KNOWN["by position"]),
        "tests/test_service.py": """
            from app.service import Service

            service = Service("users", unknown())
        """,
    }
    assert codes(files) == [("app/service.py", 7, "AUD103")]
