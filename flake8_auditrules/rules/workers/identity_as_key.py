"""AUD525: the address of an object as a key that outlives it."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.identity_keys import outliving_identity


class IdentityAsKey(Rule):
    """
    ## What it does
    Finds `id(obj)` stored as the key of a dict or element of a set that belongs to the module or to an object,
    where the entry does not keep the object and nothing removes it when the object goes.

    ## Why it matters
    `id()` is unique among the objects that live at one time. When the object is gone, the next one often gets
    the same number, and with it the answer that was stored for a dead one.

    ## When to silence it
    When the objects are known to live as long as the dict.
    """

    code = "AUD525"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    calls = ("builtins.id",)
    message = (
        "`{identity}` outlives the object as a key of `{container}`; use a `WeakKeyDictionary`, or keep the object"
    )
    examined = "`id()` calls give no key that outlives its object"

    bad = (
        """
        sizes = {}

        def size_of(rows):
            if id(rows) not in sizes:
                sizes[id(rows)] = len(rows)  # AUD525
            return sizes[id(rows)]
        """,
    )
    good = (
        """
        sizes = {}

        def size_of(rows):
            if id(rows) not in sizes:
                sizes[id(rows)] = (rows, len(rows))
            return sizes[id(rows)][1]
        """,
        """
        def unique(rows):
            seen = set()
            for row in rows:
                seen.add(id(row))
            return len(seen)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an identity that is stored without its object."""
        place = outliving_identity(self.module, node)
        if place is None:
            self.passed(node)
        else:
            self.report(
                place.node, identity=self.module.text(place.identity), container=self.module.text(place.container)
            )
