"""Qualified names: through imports, aliases, definitions, and not through what shadows them."""

from __future__ import annotations

import ast

import pytest

from flake8_auditrules.semantics.module import Module
from tests.conftest import module_of


def named(module: Module, mark: str = "target") -> str | None:
    """The qualified name of the argument of the call `target(...)`."""
    for call in module.nodes(ast.Call):
        if isinstance(call.func, ast.Name) and call.func.id == mark:
            return module.qualname(call.args[0])
    raise AssertionError("no target")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import httpx\ntarget(httpx.AsyncClient)", "httpx.AsyncClient"),
        ("import httpx as h\ntarget(h.AsyncClient)", "httpx.AsyncClient"),
        ("from httpx import AsyncClient\ntarget(AsyncClient)", "httpx.AsyncClient"),
        ("from httpx import AsyncClient as C\ntarget(C)", "httpx.AsyncClient"),
        ("import urllib.request\ntarget(urllib.request.urlopen)", "urllib.request.urlopen"),
        ("import urllib.request as r\ntarget(r.urlopen)", "urllib.request.urlopen"),
        ("import httpx2\ntarget(httpx2.Client)", "httpx.Client"),
        ("def f():\n    import httpx\n    target(httpx.Client)", "httpx.Client"),
        ("import httpx\nC = httpx.Client\ntarget(C)", "httpx.Client"),
        ("from time import sleep\nnap = sleep\ndef f():\n    target(nap)", "time.sleep"),
        ("import functools, time\nnap = functools.partial(time.sleep, 3)\ntarget(nap)", "time.sleep"),
        ("try:\n    import httpx\nexcept ImportError:\n    httpx = None\ntarget(httpx.get)", "httpx.get"),
        ("target(open)", "builtins.open"),
        ("def open(p): ...\ntarget(open)", "example.open"),
        ("class A:\n    def m(self): ...\ntarget(A.m)", "example.A.m"),
        ("import httpx\ndef f(httpx):\n    target(httpx.get)", None),
        ("import httpx\nhttpx = own()\ntarget(httpx.get)", None),
        ("try:\n    import ujson as json\nexcept ImportError:\n    import json\ntarget(json.loads)", None),
        ("class A:\n    import httpx\n    def m(self):\n        target(httpx.get)", None),
        ("for requests in x:\n    target(requests.get)", None),
        ("def f():\n    global client\n    import httpx as client\ntarget(client.get)", "httpx.get"),
        ("a, b = open, print\ntarget(b)", "builtins.print"),
        ("x = x\ntarget(x)", None),
        ("target(f().get)", None),
    ],
)
def test_qualified_name(text: str, expected: str | None) -> None:
    assert named(module_of(text)) == expected


@pytest.mark.parametrize(
    ("name", "is_package", "text", "expected"),
    [
        ("app.core.http", False, "from .client import Client\ntarget(Client)", "app.core.client.Client"),
        ("app.core.http", False, "from ..log import logger\ntarget(logger)", "app.log.logger"),
        ("app.core", True, "from .client import Client\ntarget(Client)", "app.core.client.Client"),
        ("app.core.http", False, "from . import client\ntarget(client.Client)", "app.core.client.Client"),
    ],
)
def test_relative_imports(name: str, is_package: bool, text: str, expected: str) -> None:
    tree = ast.parse(text)
    module = Module(tree, text.splitlines(keepends=True), name=name, is_package=is_package)
    assert named(module) == expected


def test_a_comprehension_has_its_own_scope() -> None:
    module = module_of("import httpx\nx = [httpx.get for httpx in y]\ntarget(httpx.get)")
    assert named(module) == "httpx.get"


def test_first_iterable_is_outside() -> None:
    module = module_of("import httpx\nx = [httpx for httpx in target(httpx.pool)]")
    assert named(module) == "httpx.pool"


def test_defaults_and_decorators_are_outside() -> None:
    module = module_of("import httpx\ndef f(httpx=target(httpx.get)): ...")
    assert named(module) == "httpx.get"
