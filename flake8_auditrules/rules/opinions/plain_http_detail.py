"""AUD902: an error without the code that the others have."""

from __future__ import annotations

import ast
from collections import Counter

from flake8_auditrules.rule import Category, Option, Rule, Severity
from flake8_auditrules.semantics.module import Module

_CLASSES = frozenset({"fastapi.HTTPException", "starlette.exceptions.HTTPException"})
_FEWEST = 2


class PlainHttpDetail(Rule):
    """
    ## What it does
    Finds `HTTPException`s whose `detail` is a text, in a module whose others have a dict there, always with the
    same keys. With the option `detail-keys`, every text that is a `detail` is one.

    ## Why it matters
    A client tells errors apart by the `code` of the dict. Where it gets a text instead, `detail["code"]` is a
    TypeError in the client, and the user sees "something went wrong".

    ## When to silence it
    When no client ever sees this error.
    """

    code = "AUD902"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{call}` has a text as its detail, where others have {keys}; give it the same keys"
    examined = "errors have the detail that clients expect"
    imports = ("fastapi", "starlette")
    options = (
        Option(
            "detail-keys", "", "the keys that every detail has, parted by commas; found in the module if empty"
        ),
    )

    bad = (
        """
        from fastapi import APIRouter, HTTPException

        router = APIRouter()
        NOTES = {1: "milk"}

        @router.get("/notes/{number}")
        def note(number: int):
            if number < 0:
                raise HTTPException(422, detail={"code": "BAD_NUMBER", "message": "no number"})
            if number not in NOTES:
                raise HTTPException(404, detail={"code": "NO_NOTE", "message": "no such note"})
            return NOTES[number]

        @router.delete("/notes/{number}")
        def remove(number: int):
            if number not in NOTES:
                raise HTTPException(404, detail="no such note")  # AUD902
            del NOTES[number]
        """,
    )
    good = (
        """
        from fastapi import APIRouter, HTTPException

        router = APIRouter()
        NOTES = {1: "milk"}

        @router.delete("/notes/{number}")
        def remove(number: int):
            if number not in NOTES:
                raise HTTPException(404, detail={"code": "NO_NOTE", "message": "no such note"})
            del NOTES[number]
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the errors with a text as detail, where dicts with the same keys are the custom."""
        module = self.module
        if module.is_test:
            return
        details = [
            (call, detail)
            for call in module.calls_named("HTTPException")
            if module.called(call, _CLASSES) is not None
            for detail in [module.argument(call, "detail", 1)]
            if detail is not None
        ]
        expected = tuple(key.strip() for key in str(self.option("detail-keys")).split(",") if key.strip())
        keys = expected or _custom([detail for _, detail in details])
        for call, detail in details:
            if keys and _is_text(module, detail):
                self.report(call, call=module.call_text(call), keys=" and ".join(f"`{key}`" for key in keys))
            else:
                self.passed(call)


def _custom(details: list[ast.expr]) -> tuple[str, ...]:
    """The keys that all dicts among the details have, where these are the greater part; () for none."""
    keys = Counter(
        tuple(key.value for key in detail.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
        for detail in details
        if isinstance(detail, ast.Dict)
    )
    if len(keys) != 1:
        return ()
    [(found, number)] = keys.items()
    return found if found and number >= _FEWEST and number * 2 > len(details) else ()


def _is_text(module: Module, detail: ast.expr) -> bool:
    """Whether a detail is a text as it stands."""
    return isinstance(detail, ast.JoinedStr) or isinstance(module.literal(detail), str)
