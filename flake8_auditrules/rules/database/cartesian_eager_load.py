"""AUD407: two collections loaded by joins in one query."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.models import is_to_many
from flake8_auditrules.semantics.names import last_name

_PLURAL = pattern(
    r"(?!.*(?:status|settings|details|address|preferences|stats|statistics|credentials|news|series|access|progress|"
    r"business|options|params|parameters|metrics|basis|analysis|class|process|bus|focus)$)[a-z_0-9]{3,}s"
)


class CartesianEagerLoad(Rule):
    """
    ## What it does
    Finds queries with two or more `joinedload` of collections side by side under one parent.

    ## Why it matters
    Each joined collection multiplies the rows of the others: 10 orders and 10 addresses of one customer come
    over the wire as 100 rows, 20 children for which 20 rows would do. Three collections of 100 make a million.

    ## When to silence it
    When all but one of the relationships hold a single object.
    """

    code = "AUD407"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    call_names = ("options",)
    message = "`{second}` multiplies the rows of `{first}` in the same query; use `selectinload` for collections"
    examined = "`options(...)` chains join one collection at most"

    bad = (
        """
        from sqlalchemy import ForeignKey, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

        class Base(DeclarativeBase):
            pass

        class Customer(Base):
            __tablename__ = "customer"

            id: Mapped[int] = mapped_column(primary_key=True)
            orders: Mapped[list["Order"]] = relationship()
            visits: Mapped[list["Visit"]] = relationship()

        class Order(Base):
            __tablename__ = "order"

            id: Mapped[int] = mapped_column(primary_key=True)
            customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)

        class Visit(Base):
            __tablename__ = "visit"

            id: Mapped[int] = mapped_column(primary_key=True)
            customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)

        def customers():
            return select(Customer).options(
                joinedload(Customer.orders),
                joinedload(Customer.visits),  # AUD407
            )
        """,
    )
    good = (
        """
        from sqlalchemy import ForeignKey, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

        class Base(DeclarativeBase):
            pass

        class Customer(Base):
            __tablename__ = "customer"

            id: Mapped[int] = mapped_column(primary_key=True)
            orders: Mapped[list["Order"]] = relationship()
            visits: Mapped[list["Visit"]] = relationship()

        class Order(Base):
            __tablename__ = "order"

            id: Mapped[int] = mapped_column(primary_key=True)
            customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)

        class Visit(Base):
            __tablename__ = "visit"

            id: Mapped[int] = mapped_column(primary_key=True)
            customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)

        def customers():
            return select(Customer).options(
                selectinload(Customer.orders),
                selectinload(Customer.visits),
            )
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report the second joined collection of one parent in an `options(...)` chain."""
        if not isinstance(node.func, ast.Attribute) or node.func.attr != "options":
            return
        parent = self.module.parent(node)
        if isinstance(parent, ast.Attribute) and self._leads_to_options(parent):
            return
        first: dict[str, ast.Attribute] = {}
        reported: set[str] = set()
        for loaded in self._loaded(node):
            owner = self.module.text(loaded.value)
            if owner in reported or not self._is_collection(loaded):
                continue
            if owner in first and first[owner].attr == loaded.attr:
                continue
            if owner in first:
                reported.add(owner)
                self.report(
                    loaded, place=node, first=self.module.text(first[owner]), second=self.module.text(loaded)
                )
            else:
                first[owner] = loaded
        if first and not reported:
            self.passed(node)

    def _leads_to_options(self, attribute: ast.AST) -> bool:
        """Whether the chain goes on to another `options(...)`, which then sees this one too."""
        current: ast.AST | None = attribute
        while current is not None:
            if isinstance(current, ast.Attribute) and current.attr == "options":
                return True
            parent = self.module.parent(current)
            if not isinstance(parent, ast.Attribute) and not (
                isinstance(parent, ast.Call) and parent.func is current
            ):
                return False
            current = parent
        return False

    def _loaded(self, options: ast.Call) -> list[ast.Attribute]:
        """The relationships that the chain's `options` load by a join of the query itself, in source order."""
        found: list[ast.Attribute] = []
        current: ast.expr = options
        while isinstance(current, ast.Call) and isinstance(current.func, ast.Attribute):
            if current.func.attr == "options":
                here: list[ast.Attribute] = []
                for argument in current.args:
                    here.extend(self._joined(argument))
                found = here + found
            current = current.func.value
        return found

    def _joined(self, option: ast.expr) -> list[ast.Attribute]:
        """The relationships in `joinedload(A.b).joinedload(B.c)`, outermost first; [] with other loaders among."""
        links: list[ast.Attribute] = []
        current = option
        while isinstance(current, ast.Call):
            function = current.func
            name = last_name(function)
            if name != "joinedload" or not current.args:
                if name not in ("load_only", "defer", "raiseload", "noload", "options"):
                    return []
            elif isinstance(current.args[0], ast.Attribute):
                links.insert(0, current.args[0])
            if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Call):
                break
            current = function.value
        return links

    def _is_collection(self, relationship: ast.Attribute) -> bool:
        model = self.module.instances.local_class(self.module.qualname(relationship.value) or "")
        if model is not None:
            return is_to_many(self.module, model, relationship.attr) is True
        return (
            isinstance(relationship.value, ast.Name)
            and relationship.value.id[:1].isupper()
            and _PLURAL.fullmatch(relationship.attr) is not None
        )
