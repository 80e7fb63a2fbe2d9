"""Handlers: what they catch, and whether a coroutine outlives its cancellation."""

from __future__ import annotations

import ast
import sysconfig
import warnings
from pathlib import Path

import pytest

from flake8_auditrules.semantics.flow import ExitKind, Raising
from flake8_auditrules.semantics.handlers import (
    Breadth,
    always_raises,
    breadth,
    raises_plainly,
    swallows_cancellation,
)
from tests.conftest import module_of


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("except:", Breadth.BARE),
        ("except BaseException:", Breadth.BASE),
        ("except Exception:", Breadth.EXCEPTION),
        ("except (ValueError, Exception):", Breadth.EXCEPTION),
        ("except builtins.Exception:", Breadth.EXCEPTION),
        ("except (ValueError, OSError):", Breadth.NARROW),
        ("except errors.Exception:", Breadth.NARROW),
    ],
)
def test_breadth(clause: str, wanted: Breadth) -> None:
    module = module_of(f"import builtins, errors\ntry:\n    f()\n{clause}\n    pass\n")
    assert breadth(module, module.nodes(ast.ExceptHandler)[0]) is wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [("raise", True), ("sys.exit(1)", True), ("os._exit(1)", True), ("pass", False), ("if a: raise", False)],
)
def test_always_raises(body: str, wanted: bool) -> None:
    module = module_of(f"import os, sys\ntry:\n    f()\nexcept Exception:\n    {body}\n")
    assert always_raises(module, module.nodes(ast.ExceptHandler)[0]) is wanted


def test_what_a_handler_plainly_does_is_what_its_paths_do() -> None:
    """On every handler of a part of the standard library whose statements alone tell."""
    compared = 0
    for file in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))[::3]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = module_of(file.read_text("utf-8"))
        for handler in module.nodes(ast.ExceptHandler):
            plain = raises_plainly(handler)
            if plain is None:
                continue
            found = module.flow_of(handler).leaves_without(
                handler, lambda part: isinstance(part, ast.Raise), within=handler, raising=Raising.EXPLICIT
            )
            assert plain is (found is None or found.kind is ExitKind.RAISE), (file, handler.lineno)
            compared += 1
    assert compared > 200


LOOP = """
import asyncio

async def work(queue):
    while True:
        try:
            await queue.get()
        {clause}
            {body}
    return 1
"""


@pytest.mark.parametrize(
    ("clause", "body", "wanted"),
    [
        ("except:", "pass", True),
        ("except BaseException:", "continue", True),
        ("except asyncio.CancelledError:", "print('cancelled')", True),
        ("except asyncio.CancelledError:", "break", False),
        ("except asyncio.CancelledError:", "return", False),
        ("except asyncio.CancelledError:", "raise", False),
        ("except Exception:", "pass", False),
    ],
)
def test_cancellation_in_a_loop(clause: str, body: str, wanted: bool) -> None:
    module = module_of(LOOP.format(clause=clause, body=body))
    assert swallows_cancellation(module, module.nodes(ast.ExceptHandler)[0]) is wanted


def test_cancellation_by_the_function_itself_is_meant() -> None:
    module = module_of(
        """
        import asyncio

        async def stop(task):
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                pass
            await asyncio.sleep(0)
        """
    )
    assert not swallows_cancellation(module, module.nodes(ast.ExceptHandler)[0])


def test_an_earlier_handler_takes_the_cancellation() -> None:
    module = module_of(
        """
        import asyncio

        async def work(queue):
            while True:
                try:
                    await queue.get()
                except asyncio.CancelledError:
                    raise
                except BaseException:
                    pass
        """
    )
    assert not any(swallows_cancellation(module, handler) for handler in module.nodes(ast.ExceptHandler))
