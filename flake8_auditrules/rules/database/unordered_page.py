"""AUD421: pages of rows that have no order."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.project.paged_views import unordered_pages
from flake8_auditrules.project.uncalled import is_out_of_reach
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.paging import lacks_order
from flake8_auditrules.semantics.sessions import is_migration

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class UnorderedPage(Rule):
    """
    ## What it does
    Finds statements of SQLAlchemy that skip rows (`offset`) and have no `order_by`; and views of Django and Django
    REST framework that give pages of a model's rows where neither they nor the model's `Meta` order them.

    ## Why it matters
    Without an order the database gives rows as it comes by them, and that changes with an update, a vacuum, an
    index or a parallel plan. A row that was on the first page comes again on the second, and another one is on
    none: a client that walks through all pages misses rows, and no query shows an error.

    ## When to silence it
    When the rows never change and the table is read in one way only.
    """

    code = "AUD421"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    call_names = ("offset",)
    imports = (*database.ORM_LIBRARIES, "rest_framework", "django")
    reach = Reach.PROJECT
    message = "`{paging}` pages through rows without an order, so pages overlap; {cure}"
    examined = "pages are ordered"

    bad = (
        """
        from sqlalchemy import select

        from models import Row

        def page(session, number, size=10):
            statement = select(Row).where(Row.price > 0).offset(number * size).limit(size)  # AUD421
            return session.scalars(statement).all()
        """,
        """
        from django.db import models
        from django.views.generic import ListView

        class Row(models.Model):
            price = models.IntegerField()

        class Rows(ListView):
            queryset = Row.objects.filter(price__gt=0)  # AUD421
            paginate_by = 10
        """,
    )
    good = (
        """
        from sqlalchemy import select

        from models import Row

        def page(session, number, size=10):
            statement = select(Row).where(Row.price > 0).order_by(Row.id).offset(number * size).limit(size)
            return session.scalars(statement).all()
        """,
        """
        from django.db import models
        from django.views.generic import ListView

        class Row(models.Model):
            price = models.IntegerField()

            class Meta:
                ordering = ("id",)

        class Rows(ListView):
            queryset = Row.objects.filter(price__gt=0)
            paginate_by = 10
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an `offset` on a statement that nothing orders."""
        module = self.module
        if len(node.args) != 1 or node.keywords or not isinstance(node.func, ast.Attribute):
            return
        if isinstance(node.args[0], ast.Constant) or module.is_test or is_migration(module):
            return
        if "random" in module.text(node.args[0]):
            return
        function = module.function_of(node)
        if isinstance(function, _FUNCTIONS) and is_out_of_reach(self.project, module, function):
            return
        if lacks_order(module, node):
            self.report(node, paging=f"offset({module.text(node.args[0], 40)})", cure="add `order_by` of a key")
        else:
            self.passed(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Report the rows of a view that gives pages of them as the database comes by them."""
        module = self.module
        if module.is_test or not module.imports("rest_framework", "django"):
            return
        found = unordered_pages(self.project, module, node)
        if found is not None:
            cure = f"add `order_by` of a key or `ordering` in `{found.model}.Meta`"
            self.report(found.rows, paging=node.name, cure=cure)
