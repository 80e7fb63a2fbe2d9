"""The module's tables of calls: by the last name of what is called, whatever it is called here."""

from __future__ import annotations

import ast
import textwrap

from flake8_auditrules.semantics.module import Module


def module_of(text: str) -> Module:
    text = textwrap.dedent(text)
    return Module(ast.parse(text), text.splitlines(keepends=True))


def lines_of_calls(text: str) -> dict[str, list[int]]:
    calls = module_of(text).calls_by_name()
    return {name: [call.lineno for call in found] for name, found in calls.items() if found}


def test_calls_stand_under_the_name_that_is_written() -> None:
    assert lines_of_calls(
        """
        get(1)
        a.b.get()
        make()()
        x[0]()
        """
    ) == {"get": [2, 3], "make": [4]}


def test_a_call_by_another_name_stands_under_the_name_of_what_is_called() -> None:
    assert lines_of_calls(
        """
        import asyncio
        from time import sleep as rest
        from functools import partial

        start = asyncio.run
        read, write = open, print
        pause = partial(rest, 3)

        def work(start):
            start()

        pause()
        start()
        rest(1)
        read()
        asyncio.run()
        run()
        """
    ) == {"partial": [8], "start": [11], "sleep": [13, 15], "run": [14, 17, 18], "open": [16]}


def test_two_names_that_change_places_keep_their_calls_apart() -> None:
    assert lines_of_calls(
        """
        from a import first as second, second as first

        first()
        second()
        """
    ) == {"first": [5], "second": [4]}


def test_the_walk_leaves_the_table_as_it_is_written() -> None:
    module = module_of("from a import b as c\nc()\n")
    assert list(module.calls_by_name()["b"]) == module.index.calls["c"]
    assert list(module.calls_named("b", "c")) == module.index.calls["c"]
