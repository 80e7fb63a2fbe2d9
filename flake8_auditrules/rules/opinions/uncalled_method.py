"""AUD910: a method of a service that nothing calls."""

from __future__ import annotations

import ast
import os
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.scopes import FunctionNode

_SERVICE = pattern(r"(?:Service|Repository|Repo|Gateway|Store|Dao|DAO|UseCase|Client|Manager)$")
# What makes a program of a package: others import a library.
_APPLICATIONS = frozenset(
    {"aiohttp.web", "celery.Celery", "fastapi.FastAPI", "flask.Flask", "quart.Quart", "sanic.Sanic", "uvicorn"}
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class UncalledMethod(Rule):
    """
    ## What it does
    Finds public methods of service classes (`...Service`, `...Repository`, `...Client` and the like) of an
    application whose name stands nowhere else in the project, tests left out: no call, no reference, no text, no
    other class with such a method.

    ## Why it matters
    Code that nothing runs is still read, changed and tested with the rest, and whoever looks for how something is
    done finds the way that is not used.

    ## When to silence it
    When another package calls the method, or it is about to be used.
    """

    code = "AUD910"
    severity = Severity.INFO
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{method}` is called nowhere in the project; remove it"
    examined = "methods of services are used"
    reach = Reach.PROJECT

    bad = (
        """
        # file: shop/notes.py
        class NoteService:
            def __init__(self):
                self.notes = {}

            def add(self, number, text):
                self.notes[number] = text

            def archive(self, number):  # AUD910
                self.notes.pop(number)

        # file: shop/app.py
        from fastapi import FastAPI

        from shop.notes import NoteService

        app = FastAPI()
        service = NoteService()

        @app.put("/notes/{number}")
        def put(number: int, text: str):
            service.add(number, text)
        """,
    )
    good = (
        """
        # file: shop/notes.py
        class NoteService:
            def __init__(self):
                self.notes = {}

            def add(self, number, text):
                self.notes[number] = text

        # file: shop/app.py
        from fastapi import FastAPI

        from shop.notes import NoteService

        app = FastAPI()
        service = NoteService()

        @app.put("/notes/{number}")
        def put(number: int, text: str):
            service.add(number, text)
        """,
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Report the methods of a service that the project names only where they are defined."""
        module = self.module
        if node.bases or node.keywords or node.decorator_list or not _SERVICE.search(node.name):
            return
        if module.is_test or is_example(module) or not self._is_application():
            return
        for method in node.body:
            if not isinstance(method, _FUNCTIONS) or method.name.startswith("_") or method.decorator_list:
                continue
            if self._is_named(method):
                self.passed(method)
            else:
                self.report(method, method=f"{node.name}.{method.name}")

    def _is_application(self) -> bool:
        """Whether the project is a program: one of its modules imports what serves."""
        return any(not _APPLICATIONS.isdisjoint(wiring.imports) for wiring in self.project.wirings().values())

    def _is_named(self, method: FunctionNode) -> bool:
        """Whether the name stands anywhere else: in a call, a text, or as the name of another class's method."""
        module, name = self.module, method.name
        if module.attributes_named(name) or self.project.is_named_elsewhere(module, name):
            return True
        word = re.compile(rf"\b{re.escape(name)}\b")
        lines = (line for number, line in enumerate(module.lines, start=1) if number != method.lineno)
        return any(map(word.search, lines)) or says_anything(self.project, word, os.path.abspath(module.path))
