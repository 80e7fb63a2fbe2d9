"""What the proofs share: running a rule's own example, and measuring what it does."""

from __future__ import annotations

import asyncio
import sys
import textwrap
import time
import types
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from flake8_auditrules.examples import files_of
from flake8_auditrules.registry import all_rules


def example(code: str, kind: str, number: int = 0) -> str:
    """The text of a rule's example: `kind` is "bad" or "good", `number` counts from 0."""
    rule = next(rule for rule in all_rules() if rule.code == code)
    texts: tuple[str, ...] = getattr(rule, kind)
    return textwrap.dedent(texts[number]).strip("\n") + "\n"


def run_example(code: str, kind: str, number: int = 0, **given: Any) -> types.SimpleNamespace:
    """
    Execute a rule's one-file example as a module and return what it defines.

    `given` are the names that the example leaves to its reader.
    """
    (text,) = files_of(example(code, kind, number)).values()
    namespace: dict[str, Any] = {"__name__": "example", **given}
    module = types.ModuleType("example")
    module.__dict__.update(namespace)
    sys.modules["example"] = module
    try:
        exec(compile(text, f"<{code} {kind} {number}>", "exec"), module.__dict__)
    finally:
        del sys.modules["example"]
    return types.SimpleNamespace(**module.__dict__, module=module)


def write_example(code: str, kind: str, folder: Path, number: int = 0) -> None:
    """Write the files of an example of several modules into `folder`."""
    for name, text in files_of(example(code, kind, number)).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


BEAT = 0.01


async def beats_during(work: Callable[[], Awaitable[object]], at_least: float = 0.3) -> int:
    """
    How often a heartbeat of 10 ms beats while `work` runs (for at least `at_least` seconds).

    A loop that is free beats dozens of times; one that is blocked does not beat at all.
    """
    count = 0
    stopped = False

    async def heart() -> None:
        nonlocal count
        while not stopped:
            await asyncio.sleep(BEAT)
            count += 1

    task = asyncio.ensure_future(heart())
    await asyncio.sleep(0)
    started = time.monotonic()
    await work()
    beaten = count
    stopped = True
    await task
    assert time.monotonic() - started >= at_least * 0.5, "the work was too short to tell"
    return beaten
