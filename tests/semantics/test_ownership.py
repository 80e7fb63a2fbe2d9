"""What becomes of what a call makes, and the ways out on which it stays open."""

from __future__ import annotations

import ast
import textwrap

import pytest

from flake8_auditrules.semantics.flow import ExitKind
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.ownership import Outcome, is_closed_by_class, is_ended, left_open, owned_by


def module_of(text: str) -> Module:
    source = textwrap.dedent(text)
    return Module(ast.parse(source), source.splitlines(keepends=True))


def made(module: Module, name: str = "open") -> ast.Call:
    return next(
        call for call in module.nodes(ast.Call) if isinstance(call.func, ast.Name) and call.func.id == name
    )


def outcome(body: str) -> Outcome:
    module = module_of(
        "import contextlib, csv, json\ndef run(self, p, stack, other):\n" + textwrap.indent(body, "    ")
    )
    return owned_by(module, made(module), ("close",)).outcome


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("f = open(p)\nf.read()", Outcome.LOCAL),
        ("f = g = open(p)", Outcome.LOCAL),
        ("open(p).read()", Outcome.INLINE),
        ("json.load(open(p))", Outcome.INLINE),
        ("for line in open(p): print(line)", Outcome.INLINE),
        ("return [line for line in open(p)]", Outcome.INLINE),
        ("return (line for line in open(p))", Outcome.RETURNED),
        ("return csv.reader(open(p))", Outcome.RETURNED),
        ("open(p)", Outcome.DROPPED),
        ("open(p, 'w').close()", Outcome.CLOSED),
        ("with open(p) as f: pass", Outcome.ENTERED),
        ("with contextlib.closing(open(p)) as f: pass", Outcome.PASSED),
        ("f = stack.enter_context(open(p))", Outcome.PASSED),
        ("return open(p)", Outcome.RETURNED),
        ("yield open(p)", Outcome.YIELDED),
        ("other.file = open(p)", Outcome.KEPT),
        ("other['file'] = open(p)", Outcome.KEPT),
        ("other.append(open(p))", Outcome.PASSED),
        ("return {'file': open(p)}", Outcome.KEPT),
        ("global f\nf = open(p)", Outcome.KEPT),
        ("f = open(p)\ndef inner(): f.close()", Outcome.KEPT),
        ("f = other or open(p)", Outcome.KEPT),
        ("f = open(p) if p else other", Outcome.KEPT),
        ("a, b = open(p), 1\na.read()", Outcome.LOCAL),
        ("if (f := open(p)): f.read()", Outcome.LOCAL),
    ],
)
def test_outcome(body: str, expected: Outcome) -> None:
    assert outcome(body) is expected


def exit_of(body: str) -> tuple[ExitKind, int] | None:
    module = module_of(
        "import sys, csv, json\ndef run(p, other):\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    )
    owned = owned_by(module, made(module), ("close",))
    assert owned.outcome is Outcome.LOCAL
    found = left_open(module, owned, ("close",))
    return None if found is None else (found.kind, found.line - 2)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("f = open(p)\nf.close()", None),
        ("f = open(p)\nf.read()\nf.close()", (ExitKind.RAISE, 2)),
        ("f = open(p)\ntry:\n    f.read()\nfinally:\n    f.close()", None),
        ("f = open(p)\ntry:\n    return f.read()\nfinally:\n    f.close()", None),
        ("f = open(p)\nif p:\n    return\nf.close()", (ExitKind.RETURN, 3)),
        ("f = open(p)\nwith f:\n    f.read()", None),
        (
            "f = None\ntry:\n    f = open(p)\n    f.read()\nfinally:\n    if f is not None:\n        f.close()",
            None,
        ),
        ("f = open(p)\ng = f\ng.close()", None),
        ("f = open(p)\nr = csv.reader(f)\nreturn r", None),
        ("f = open(p)\nother.take(f)", None),
        ("f = open(p)\nsys.exit(1)", None),
        ("f = open(p)\nif f is not sys.stdout:\n    f.close()", None),
        ("for p in other:\n    f = open(p)", (ExitKind.AGAIN, 2)),
    ],
)
def test_left_open(body: str, expected: tuple[ExitKind, int] | None) -> None:
    assert exit_of(body) == expected


def test_a_function_of_the_module_that_only_reads_leaves_it_open() -> None:
    module = module_of(
        """
        def read(file):
            return file.read()

        def close(file):
            file.close()

        def run(p):
            f = open(p)
            return read(f)

        def tidy(p):
            f = open(p)
            close(f)
        """
    )
    calls = [call for call in module.nodes(ast.Call) if isinstance(call.func, ast.Name) and call.func.id == "open"]
    read, tidied = (owned_by(module, call, ("close",)) for call in calls)
    assert not is_ended(module, read, ("close",))
    assert is_ended(module, tidied, ("close",))


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("def close(self): self._file.close()", True),
        ("def stop(self):\n        file = self._file\n        file.close()", True),
        ("def stop(self): shut(self._file)", True),
        ("def read(self): return self._file.read()", False),
        ("def stop(self): getattr(self, '_file').close()", True),
    ],
)
def test_attribute_of_a_class(method: str, expected: bool) -> None:
    module = module_of(f"class Log:\n    def __init__(self, p):\n        self._file = open(p)\n    {method}\n")
    owned = owned_by(module, made(module), ("close",))
    assert (owned.outcome, owned.attribute) == (Outcome.ATTRIBUTE, "_file")
    (holder,) = module.nodes(ast.ClassDef)
    assert is_closed_by_class(module, holder, "_file", ("close",)) is expected
