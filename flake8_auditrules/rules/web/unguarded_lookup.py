"""AUD628: a row or an entry that the request names, and that the route takes for granted."""

from __future__ import annotations

import ast

from flake8_auditrules.project.registered_handlers import is_answered
from flake8_auditrules.project.row_sources import gives_none_for_missing
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.named_rows import Lookup, is_known_before, lookups, lookups_elsewhere
from flake8_auditrules.semantics.request_bodies import is_answered_around, is_signed_or_wrapped
from flake8_auditrules.semantics.request_values import is_hook_of_view, is_validated_whole
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode

# What takes each fault, by the names that `except` writes.
_TAKING_ALL = frozenset({"Exception", "BaseException"})
_TAKING = {
    "DoesNotExist": frozenset({"DoesNotExist", "ObjectDoesNotExist"}),
    "NoResultFound": frozenset({"NoResultFound", "InvalidRequestError", "SQLAlchemyError"}),
    "KeyError": frozenset({"KeyError", "LookupError"}),
    "AttributeError": frozenset({"AttributeError"}),
    "TypeError": frozenset({"TypeError"}),
}
_CURES = {
    "DoesNotExist": "use `get_object_or_404`",
    "NoResultFound": "take `one_or_none()` and answer with 404",
}


class UnguardedLookup(Rule):
    """
    ## What it does
    Finds routes that look something up by what the client sends, and take for granted that it is there:
    `Order.objects.get(pk=pk)`, `.one()` and `.scalar_one()` of a query for `Order.id == order_id`,
    `JOBS[job_id]` of a dict of the module, and an attribute read of `.first()`, `session.get(Order, order_id)`
    or `find_one(...)` before anything asks whether it is None; also where a function of the project hands on what
    these gave it.

    Silent where the route tests the value or hands it to something else first, where it catches the exception and
    answers with anything but a fault of the server, and where the application registers a handler for it.

    ## Why it matters
    A link to a deleted row, or a guessed number, is answered with status 500 instead of 404: it is counted as a
    fault of the server and logged with a traceback.

    ## When to silence it
    When what is named can never go away.
    """

    code = "AUD628"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.PROJECT
    imports = ("fastapi", "starlette", "flask", "quart", "aiohttp", "sanic", "django", "rest_framework", "tornado")
    message = "`{lookup}` ends in {fault} and status 500 where the client names one that is not there; {cure}"
    examined = "what requests name is looked up where somebody answers for what is not there"

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()
        JOBS = {}

        @app.get("/jobs/{job_id}")
        def job(job_id: str):
            return JOBS[job_id]  # AUD628
        """,
        """
        from flask import Flask
        from sqlalchemy import create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Order(Base):
            __tablename__ = "orders"
            id: Mapped[int] = mapped_column(primary_key=True)

        app = Flask(__name__)
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)

        @app.get("/orders/<int:order_id>")
        def order(order_id):
            with Session(engine) as session:
                row = session.get(Order, order_id)
                return {"id": row.id}  # AUD628
        """,
    )
    good = (
        """
        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        JOBS = {}

        @app.get("/jobs/{job_id}")
        def job(job_id: str):
            try:
                return JOBS[job_id]
            except KeyError:
                raise HTTPException(404) from None
        """,
        """
        from flask import Flask, abort
        from sqlalchemy import create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Order(Base):
            __tablename__ = "orders"
            id: Mapped[int] = mapped_column(primary_key=True)

        app = Flask(__name__)
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)

        @app.get("/orders/<int:order_id>")
        def order(order_id):
            with Session(engine) as session:
                row = session.get(Order, order_id)
                if row is None:
                    abort(404)
                return {"id": row.id}
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report what a route looks up and takes for granted."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what a route looks up and takes for granted."""
        self._check(node)

    def _check(self, route: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        module = self.module
        if module.is_test or not (is_route(module, route) or is_hook_of_view(module, route)):
            return
        elsewhere = [
            one
            for one in lookups_elsewhere(module, route)
            if isinstance(one.asked, ast.Call) and gives_none_for_missing(self.project, module, one.asked)
        ]
        for found in (*lookups(module, route), *elsewhere):
            if self._is_answered_for(route, found):
                self.passed(found.place)
                continue
            cure = _CURES.get(found.fault, "answer with 404 first")
            self.report(found.place, lookup=module.text(found.place, 60), fault=found.fault, cure=cure)

    def _is_answered_for(self, route: FunctionNode, found: Lookup) -> bool:
        """Whether what is not there cannot come here, or something answers for it."""
        module, taking, place = self.module, _TAKING[found.fault], found.place
        return (
            is_answered_around(module, place, taking | _TAKING_ALL)
            or is_known_before(module, route, found)
            or is_signed_or_wrapped(module, route)
            or is_validated_whole(module, route)
            or is_answered(self.project, module, taking)
        )
