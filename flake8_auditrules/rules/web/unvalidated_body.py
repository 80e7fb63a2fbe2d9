"""AUD611: a body whose keys are taken for granted."""

from __future__ import annotations

import ast

from flake8_auditrules.project.registered_handlers import is_answered
from flake8_auditrules.project.unpacked_bodies import bodies_handed_on, unpacked_bodies
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.request_bodies import (
    guessed_kinds,
    open_bodies,
    takes_messages,
    unguarded_keys,
    unparsed_reads,
)
from flake8_auditrules.semantics.routes import is_route

_FAULTS = frozenset({"AttributeError", "KeyError", "LookupError", "TypeError", "ValueError"})
_FAULTS_OF_TEXT = frozenset({"JSONDecodeError", "ValueError"})


class UnvalidatedBody(Rule):
    """
    ## What it does
    Finds routes that take a whole JSON body as it comes (a parameter of type `dict`, `await request.json()`,
    `request.get_json()`) and index it by a key that the client may leave out, take its values for numbers or texts
    (`int(body.get("count"))`, `body["name"].strip()`), or call `.get` of what may be a list. Each body is reported
    once, at the first such place; `request.get_json() or {}` may be a list as well, and so may a body for which
    `except ValueError` puts an empty object. The messages that a WebSocket receives count as bodies.
    A body that is taken apart as a whole is found as well: by a model of pydantic's, whose ValidationError no
    framework answers for (`Order(**body)`, `Order.model_validate(body)`), and by a function or plain class of the
    project that takes fewer keywords than a client may send (`store(**body)`); and so is one that is handed to a
    function of the project which takes a key of it for granted (`store.create(body)`). Where nothing else is wrong
    with a body, the read itself is reported if it raises for what is no JSON at all: `await request.json()` of
    FastAPI, Starlette and aiohttp, and `json.loads` of the bytes; the readers of Flask and Django REST framework
    answer with 400 themselves.

    Silent where the function tests the keys, catches the exception and answers with anything but a fault of the
    server (`except Exception` that answers with 500 says just that of the client's mistake), where the application
    registers a handler for it, where something that by its name checks it gets the body, and in routes that take
    the signed events of another program.

    ## Why it matters
    A missing key is a KeyError: the client's mistake is answered with status 500, counted as a fault of the server
    and logged with a traceback. Nothing checks the types either, and the API's description says "any object".

    ## When to silence it
    When another program that always sends the key is the only client.
    """

    code = "AUD611"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.PROJECT
    message = "`{key}` is {fault} and {harm} where {sent}; {cure}"
    examined = "bodies without a model are looked at before they are indexed"
    imports = ("fastapi", "starlette", "flask", "quart", "aiohttp", "sanic", "django", "rest_framework")

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.post("/orders")
        def order(body: dict):
            return {"item": body["item"], "count": body["count"]}  # AUD611
        """,
        """
        from flask import Flask, request

        app = Flask(__name__)

        @app.post("/orders")
        def order():
            data = request.get_json()
            return {"item": data["item"]}  # AUD611
        """,
        """
        from fastapi import FastAPI
        from pydantic import BaseModel

        app = FastAPI()

        class Order(BaseModel):
            item: str
            count: int

        @app.post("/orders")
        def order(body: dict):
            found = Order(**body)  # AUD611
            return {"item": found.item, "count": found.count}
        """,
        """
        from fastapi import FastAPI, HTTPException, Request

        app = FastAPI()

        @app.put("/settings")
        async def settings(request: Request):
            body = await request.json()  # AUD611
            if not isinstance(body, dict):
                raise HTTPException(400, "an object is expected")
            return {"theme": body.get("theme")}
        """,
    )
    good = (
        """
        from fastapi import FastAPI
        from pydantic import BaseModel

        app = FastAPI()

        class Order(BaseModel):
            item: str
            count: int

        @app.post("/orders")
        def order(body: Order):
            return {"item": body.item, "count": body.count}
        """,
        """
        from flask import Flask, abort, request

        app = Flask(__name__)

        @app.post("/orders")
        def order():
            data = request.get_json()
            if not isinstance(data, dict) or "item" not in data:
                abort(400)
            return {"item": data["item"]}
        """,
        """
        from fastapi import FastAPI, HTTPException, Request

        app = FastAPI()

        @app.put("/settings")
        async def settings(request: Request):
            try:
                body = await request.json()
            except ValueError:
                raise HTTPException(400, "JSON is expected") from None
            if not isinstance(body, dict):
                raise HTTPException(400, "an object is expected")
            return {"theme": body.get("theme")}
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the bodies that a route indexes unseen."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the bodies that a route indexes unseen."""
        self._check(node)

    def _check(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        module = self.module
        if module.is_test:
            return
        is_socket = not is_route(module, node)
        if is_socket and not takes_messages(module, node):
            return
        keys = unguarded_keys(module, node)
        cure = "validate it with a serializer" if module.imports("rest_framework") else "give the body a model"
        harm = "status 500"
        if is_socket:
            cure, harm = "give the message a model", "the end of the connection"
        guesses = [] if keys else guessed_kinds(module, node)
        if (keys or guesses) and is_answered(self.project, module, _FAULTS):
            self.passed(node)
            return
        for key in keys:
            text = module.text(key, 40)
            self.report(key, key=text, fault="a KeyError", sent="the client leaves it out", cure=cure, harm=harm)
        for guess in guesses:
            text, article = module.text(guess.node, 50), "an" if guess.fault[0] in "AEIO" else "a"
            sent = f"the client sends {guess.sent}"
            self.report(guess.node, key=text, fault=f"{article} {guess.fault}", sent=sent, cure=cure, harm=harm)
        if keys or guesses:
            return
        is_reported = bool(open_bodies(module, node)) and self._check_unpacked(node, harm, is_socket)
        reads = [] if is_reported else unparsed_reads(module, node)
        if reads and is_answered(self.project, module, _FAULTS_OF_TEXT):
            self.passed(node)
            return
        for read in reads:
            cure = "catch it and tell the client" if is_socket else "catch it and answer with 400"
            if not is_socket and module.imports("fastapi"):
                cure = "give the body a model"
            text = module.text(read, 50)
            self.report(
                read, key=text, fault="a JSONDecodeError", sent="the client sends no JSON", cure=cure, harm=harm
            )

    def _check_unpacked(self, node: ast.FunctionDef | ast.AsyncFunctionDef, harm: str, is_socket: bool) -> bool:
        """Report the first call that takes a whole body apart; whether there is one."""
        module = self.module
        found = list(unpacked_bodies(self.project, module, node))
        faults = {"ValidationError", "ValueError", "TypeError"}
        if not found:
            found, faults = list(bodies_handed_on(self.project, module, node)), {"KeyError", "LookupError"}
        if not found or is_answered(self.project, module, faults):
            self.passed(node)
            return False
        for one in found[:1]:
            cure = "catch it and tell the client" if is_socket else "catch it and answer with 400"
            if one.is_model and not is_socket and module.imports("fastapi"):
                cure = "take the model in place of the `dict`"
            elif one.fault == "KeyError":
                cure = "give the message a model" if is_socket else "give the body a model"
            self.report(
                one.call,
                key=module.text(one.call, 50),
                fault=f"a {one.fault}",
                sent=f"the client {one.sent}",
                cure=cure,
                harm=harm,
            )
        return True
