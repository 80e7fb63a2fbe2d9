"""The class of an expression's value: constructors, annotations, `with`, attributes, factories."""

from __future__ import annotations

import ast

import pytest

from flake8_auditrules.semantics.module import Module
from tests.conftest import module_of


def asked(module: Module) -> ast.expr:
    """The argument of the call `target(...)`."""
    for call in module.nodes(ast.Call):
        if isinstance(call.func, ast.Name) and call.func.id == "target":
            return call.args[0]
    raise AssertionError("no target")


HTTPX = "import httpx\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import httpx\nc = httpx.Client()\ntarget(c)", "httpx.Client"),
        ("import httpx\ntarget(httpx.Client())", "httpx.Client"),
        ("import httpx\nwith httpx.Client() as c:\n    target(c)", "httpx.Client"),
        ("import httpx\ndef f(c: httpx.Client):\n    target(c)", "httpx.Client"),
        ("import httpx\ndef f(c: 'httpx.Client'):\n    target(c)", "httpx.Client"),
        ("import httpx\ndef f(c: httpx.Client | None = None):\n    target(c)", "httpx.Client"),
        (
            "import httpx\nfrom typing import Optional\ndef f(c: Optional[httpx.Client]):\n    target(c)",
            "httpx.Client",
        ),
        (
            "import httpx\nfrom typing import Annotated\ndef f(c: Annotated[httpx.Client, 3]):\n    target(c)",
            "httpx.Client",
        ),
        ("import httpx\nc = None\nc = httpx.Client()\ndef f():\n    target(c)", "httpx.Client"),
        ("import httpx\ndef f(c=None):\n    c = c or httpx.Client()\n    target(c)", None),
        ("import httpx\nc = httpx.Client() if x else httpx.AsyncClient()\ntarget(c)", None),
        ("import httpx\nc = httpx.Client()\nc = other()\ntarget(c)", None),
        ("import httpx\ntarget((c := httpx.Client()))", "httpx.Client"),
        ("import redis\nr = redis.from_url('x')\ntarget(r)", "redis.Redis"),
        ("import redis.asyncio as redis\nr = redis.from_url('x')\ntarget(r)", "redis.asyncio.Redis"),
        ("import smtplib\ns = smtplib.SMTP('h')\ntarget(s)", "smtplib.SMTP"),
        (
            "import aiohttp\nasync def f():\n    async with aiohttp.ClientSession() as s:\n        target(s)",
            "aiohttp.ClientSession",
        ),
        (
            "import aiohttp\nasync def f(s: aiohttp.ClientSession):\n    async with s.get('u') as r:\n"
            "        target(r)",
            "aiohttp.ClientResponse",
        ),
        (
            "import httpx\nasync def f(c: httpx.AsyncClient):\n    r = await c.get('u')\n    target(r)",
            "httpx.Response",
        ),
        ("def make(): ...\ntarget(make())", None),
        ("import httpx\ndef make() -> httpx.Client: ...\ntarget(make())", "httpx.Client"),
        ("import httpx\ndef make():\n    return httpx.Client()\ntarget(make())", "httpx.Client"),
        ("import httpx\nasync def make():\n    return httpx.Client()\ntarget(make())", None),
        (
            "import httpx\nasync def make():\n    return httpx.Client()\nasync def f():\n    target(await make())",
            "httpx.Client",
        ),
        (
            "from contextlib import contextmanager\nfrom typing import Iterator\nimport httpx\n"
            "@contextmanager\ndef made() -> Iterator[httpx.Client]: ...\nwith made() as c:\n    target(c)",
            "httpx.Client",
        ),
        ("def f():\n    return f()\ntarget(f())", None),
        ("a = b\nb = a\ntarget(a)", None),
        (
            "from sqlalchemy.orm import sessionmaker\nSessionLocal = sessionmaker()\n"
            "db = SessionLocal()\ntarget(db)",
            "sqlalchemy.orm.Session",
        ),
        (
            "from sqlalchemy.orm import sessionmaker\nfrom sqlalchemy.ext.asyncio import AsyncSession\n"
            "SessionLocal = sessionmaker(class_=AsyncSession)\ntarget(SessionLocal())",
            "sqlalchemy.ext.asyncio.AsyncSession",
        ),
        ("x = {}\ntarget(x)", "builtins.dict"),
        ("x = dict(a=1)\ntarget(x)", "builtins.dict"),
    ],
)
def test_instance_of(text: str, expected: str | None) -> None:
    module = module_of(text)
    assert module.instance_of(asked(module)) == expected


CLASS = """
import httpx

class Base:
    shared: httpx.AsyncClient

    def close(self): ...

class Service(Base):
    def __init__(self, given: httpx.Client, *, late: "httpx.Client | None" = None):
        self.made = httpx.Client()
        self.given = given
        self.late = late
        self.either = given or httpx.Client()
        self.clashing = httpx.Client()

    def change(self):
        self.clashing = 3

    @property
    def client(self) -> httpx.Client: ...

    def method(self):
        target({0})
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("self", "example.Service"),
        ("self.made", "httpx.Client"),
        ("self.given", "httpx.Client"),
        ("self.late", "httpx.Client"),
        ("self.either", "httpx.Client"),
        ("self.shared", "httpx.AsyncClient"),
        ("self.client", "httpx.Client"),
        ("self.clashing", None),
        ("self.unknown", None),
        ("self.method", None),
        ("Service(x).made", "httpx.Client"),
    ],
)
def test_attributes(expression: str, expected: str | None) -> None:
    module = module_of(CLASS.format(expression))
    assert module.instance_of(asked(module)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("self.made.get('x')", "httpx.Client.get"),
        ("self.method()", "example.Service.method"),
        ("self.close()", "example.Base.close"),
        ("super().close()", "example.Base.close"),
        ("httpx.get('x')", "httpx.get"),
        ("unknown.get('x')", None),
    ],
)
def test_callee(expression: str, expected: str | None) -> None:
    module = module_of(CLASS.format(expression))
    call = asked(module)
    assert isinstance(call, ast.Call)
    assert module.callee(call) == expected


def test_methods_of_known_bases_count() -> None:
    module = module_of("from sqlmodel import Session\ndef f(s: Session):\n    target(s.execute('x'))")
    call = asked(module)
    assert isinstance(call, ast.Call)
    assert module.callee(call) == "sqlmodel.Session.execute"
    assert module.called(call, {"sqlalchemy.orm.Session.execute"}) == "sqlalchemy.orm.Session.execute"


def test_an_overridden_method_is_ones_own() -> None:
    module = module_of(
        "import httpx\nclass Own(httpx.Client):\n    def get(self, u): ...\nc = Own()\ntarget(c.get('u'))"
    )
    call = asked(module)
    assert isinstance(call, ast.Call)
    assert module.called(call, {"httpx.Client.get"}) is None


def test_an_inherited_method_is_the_librarys() -> None:
    module = module_of("import httpx\nclass Own(httpx.Client):\n    pass\nc = Own()\ntarget(c.get('u'))")
    call = asked(module)
    assert isinstance(call, ast.Call)
    assert module.called(call, {"httpx.Client.get"}) == "httpx.Client.get"
