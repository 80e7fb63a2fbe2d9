"""AUD422: a search text whose `%` and `_` the database takes for wildcards."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.like_patterns import (
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


class UnescapedLike(Rule):
    """
    ## What it does
    Finds `like` and `ilike` of SQLAlchemy with a pattern that is built around a search text of the caller, without
    `escape`, where nothing has escaped the text; and `contains`, `icontains`, `startswith` and the like of a
    column, which build the same pattern, without `autoescape`.

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
    imports = database.ORM_LIBRARIES
    message = "`{pattern}` takes `%` and `_` of `{text}` for wildcards; use `{cure}({text}, autoescape=True)`"
    examined = "search texts in patterns are escaped"

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
        if module.is_test or is_migration(module) or is_terminal_program(module):
            return
        reported = set()
        for call, method, text in searched_patterns(module):
            cure = _CURES.get((method, sides_with_wildcards(module, call.args[0])))
            place = (module.function_of(call), module.text(text))
            if cure is None or place in reported:
                continue
            if call.keywords:
                self.passed(call)
                continue
            reported.add(place)
            pattern = f"{method}({module.text(call.args[0], 40)})"
            self.report(call, place=place, pattern=pattern, text=module.text(text), cure=cure)
        for call, method, text in searched_parts(module):
            place = (module.function_of(call), module.text(text))
            if place not in reported:
                reported.add(place)
                pattern = f"{method}({module.text(text)})"
                self.report(call, place=place, pattern=pattern, text=module.text(text), cure=method)
