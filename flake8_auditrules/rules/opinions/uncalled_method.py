"""AUD910: a method of a service that nothing calls."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.uncalled import is_application, is_named
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.programs import is_example

_SERVICE = pattern(r"(?:Service|Repository|Repo|Gateway|Store|Dao|DAO|UseCase|Client|Manager)$")
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
        if module.is_test or is_example(module) or not is_application(self.project):
            return
        for method in node.body:
            if not isinstance(method, _FUNCTIONS) or method.name.startswith("_") or method.decorator_list:
                continue
            if is_named(self.project, module, method):
                self.passed(method)
            else:
                self.report(method, method=f"{node.name}.{method.name}")
