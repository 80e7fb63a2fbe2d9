"""AUD422: a search text whose `%` and `_` the database takes for wildcards."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.project.command_calls import only_commands_call
from flake8_auditrules.project.written_by_callers import is_written_by_callers
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.like_patterns import (
    bound_patterns,
    searched_parts,
    searched_patterns,
    sides_with_wildcards,
)
from flake8_auditrules.semantics.programs import is_terminal_program
from flake8_auditrules.semantics.sessions import is_migration

_CURES = {
    ("like", (True, True)): "contains",
    ("like", (False, True)): "startswith",
    ("like", (True, False)): "endswith",
    ("ilike", (True, True)): "icontains",
    ("ilike", (False, True)): "istartswith",
    ("ilike", (True, False)): "iendswith",
}
# Libraries whose columns have a method of that name, too, and other cures.
_OTHER_LIBRARIES = ("peewee", "piccolo", "playhouse")


class UnescapedLike(Rule):
    """
    ## What it does
    Finds `like` and `ilike` of SQLAlchemy with a pattern that is built around a search text of the caller, without
    `escape`, where nothing has escaped the text, also where both column and text are the caller's
    (`getattr(model, name).ilike(f"%{value}%")`); and `contains`, `icontains`, `startswith` and the like of a
    column, which build the same pattern, without `autoescape`. Where a pattern looks for a text anywhere
    (`f"%{title}%"`), the text may be called what it likes, but for keys, kinds and the like. In a SQL text that is
    sent, `LIKE ?` without `ESCAPE` counts where such a pattern is bound. Texts that every caller in the project
    takes from constants are left alone, and so are those of commands alone.

    ## Why it matters
    In a pattern `%` stands for any text and `_` for any character. Who searches for `%` gets every row, who
    searches for `user_1` gets `user11` as well, and a discount of `50%` cannot be found at all.

    ## When to silence it
    When whoever searches is meant to use the wildcards.
    """

    code = "AUD422"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{pattern}` takes `%` and `_` of `{text}` for wildcards; {cure}"
    examined = "search texts in patterns are escaped"
    reach = Reach.PROJECT

    bad = (
        """
        from sqlalchemy import select

        from models import Product

        def find_products(session, search: str):
            statement = select(Product).where(Product.name.like(f"%{search}%"))  # AUD422
            return session.scalars(statement).all()
        """,
    )
    good = (
        """
        from sqlalchemy import select

        from models import Product

        def find_products(session, search: str):
            statement = select(Product).where(Product.name.contains(search, autoescape=True))
            return session.scalars(statement).all()
        """,
        """
        from sqlalchemy import select

        from models import Product

        def find_products(session, search: str):
            for wildcard in "/%_":
                search = search.replace(wildcard, f"/{wildcard}")
            statement = select(Product).where(Product.name.like(f"%{search}%", escape="/"))
            return session.scalars(statement).all()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the first pattern of each function around a search text that nothing escapes."""
        module = self.module
        # Where only models are imported, columns are known by what no text has.
        by_methods = module.imports(*database.ORM_LIBRARIES) or (
            "ilike" in module.calls_by_name() and not module.imports(*_OTHER_LIBRARIES)
        )
        bound = bound_patterns(module)
        if not by_methods and not bound:
            return
        if module.is_test or is_migration(module) or is_terminal_program(module):
            return
        reported: set[tuple[ast.AST | None, str]] = set()
        if by_methods:
            self._look_at_methods(reported)
        for pattern, text in bound:
            place = (module.function_of(pattern), module.text(text))
            if place not in reported and not self._is_written(text) and not self._is_of_commands(pattern):
                reported.add(place)
                self.report(
                    pattern,
                    place=place,
                    pattern=module.text(pattern, 40),
                    text=module.text(text),
                    cure="escape them and name the `ESCAPE` character",
                )

    def _look_at_methods(self, reported: set[tuple[ast.AST | None, str]]) -> None:
        """Report patterns that methods of SQLAlchemy's columns take or build, and note the places."""
        module = self.module
        for call, method, text in searched_patterns(module):
            if self._is_written(text):
                continue
            cure = _CURES.get((method, sides_with_wildcards(module, call.args[0])))
            place = (module.function_of(call), module.text(text))
            if cure is None or place in reported:
                continue
            if call.keywords or self._is_of_commands(call):
                self.passed(call)
                continue
            reported.add(place)
            self._report(call, place, f"{method}({module.text(call.args[0], 40)})", text, cure)
        for call, method, text in searched_parts(module):
            place = (module.function_of(call), module.text(text))
            if place not in reported and not self._is_written(text) and not self._is_of_commands(call):
                reported.add(place)
                self._report(call, place, f"{method}({module.text(text)})", text, method)

    def _is_written(self, text: ast.expr) -> bool:
        """Whether every caller in the project gives a constant: nobody searches by it."""
        if not isinstance(text, ast.Name) or len(self.module.bindings(text)) != 1:
            return False
        return is_written_by_callers(self.project, self.module, text)

    def _is_of_commands(self, pattern: ast.expr) -> bool:
        """Whether only commands of the project look for anything here: who types the text sees what it finds."""
        function = self.module.function_of(pattern)
        return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and only_commands_call(
            self.project, self.module, function
        )

    def _report(
        self, call: ast.Call, place: tuple[ast.AST | None, str], shown: str, text: ast.expr, method: str
    ) -> None:
        cure = f"use `{method}({self.module.text(text)}, autoescape=True)`"
        self.report(call, place=place, pattern=shown, text=self.module.text(text), cure=cure)
