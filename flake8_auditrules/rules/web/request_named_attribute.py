"""AUD618: a request that names an attribute."""

from __future__ import annotations

import ast

from flake8_auditrules.project.attribute_sinks import named_attributes
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.request_values import is_method_of_view
from flake8_auditrules.semantics.routes import is_route


class RequestNamedAttribute(Rule):
    """
    ## What it does
    Finds routes in which the client names the attribute that is read or written: `getattr(User, order_by)` with a
    free text of the request, and loops over the keys of a body that has no model which `setattr` each of them;
    also in the functions of the project that the text, the body or the model that holds the text is handed to; and
    views of Django that hand such a text to `order_by` or make a condition of it (`filter(**{field: value})`), or
    hand a whole body to a query (`filter(**request.GET.dict())`, `create(**request.data)`).

    Silent where the name is compared with anything, where `hasattr` asks for it before a read, and for `Literal`,
    `Enum` and the fields of a model.

    ## Why it matters
    `{"is_admin": true}` is as good a key as `{"name": "x"}`: the client writes columns that no form shows, and
    replaces methods of the object. A sort by `password_hash` gives the order of the hashes away, and a name
    that does not exist is an AttributeError, answered with status 500.

    ## When to silence it
    When only trusted callers reach the route.
    """

    code = "AUD618"
    severity = Severity.HIGH
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{value}` of the request names the attribute in `{call}`; allow only the names that are meant"
    examined = "attributes that requests name are allowed by name"
    reach = Reach.CALLEES
    imports = ("fastapi", "starlette", "flask", "quart", "aiohttp", "django", "rest_framework")

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()

        class User:
            def __init__(self):
                self.name = "ann"
                self.is_admin = False

        USER = User()

        @app.patch("/user")
        def update(changes: dict):
            for field, value in changes.items():
                setattr(USER, field, value)  # AUD618
            return {"name": USER.name}
        """,
        """
        from fastapi import FastAPI

        app = FastAPI()

        class User:
            def __init__(self, name, password_hash):
                self.name = name
                self.password_hash = password_hash

        USERS = [User("ann", "f0"), User("bob", "0a")]

        @app.get("/users")
        def users(field: str = "name"):
            return [getattr(user, field) for user in USERS]  # AUD618
        """,
    )
    good = (
        """
        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        CHANGEABLE = {"name"}

        class User:
            def __init__(self):
                self.name = "ann"
                self.is_admin = False

        USER = User()

        @app.patch("/user")
        def update(changes: dict):
            for field, value in changes.items():
                if field not in CHANGEABLE:
                    raise HTTPException(422, "no such field")
                setattr(USER, field, value)
            return {"name": USER.name}
        """,
        """
        from typing import Literal

        from fastapi import FastAPI

        app = FastAPI()

        class User:
            def __init__(self, name, password_hash):
                self.name = name
                self.password_hash = password_hash

        USERS = [User("ann", "f0"), User("bob", "0a")]

        @app.get("/users")
        def users(field: Literal["name"] = "name"):
            return [getattr(user, field) for user in USERS]
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the attributes that a route's request names."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the attributes that a route's request names."""
        self._check(node)

    def _check(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        module = self.module
        if module.is_test or not (is_route(module, node) or is_method_of_view(module, node)):
            return
        for found in named_attributes(self.project, module, node):
            if not found.is_free:
                self.passed(found.node)
                continue
            self.report(
                found.node,
                steps=(Step(self.project.relative(found.path), found.line, found.call),),
                value=found.value,
                call=found.call,
            )
