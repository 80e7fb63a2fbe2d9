"""AUD626: a limit by an address that the client writes itself."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import every_caller
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.forwarded_addresses import ForwardedAddress, forwarded_addresses, limit_around
from flake8_auditrules.semantics.programs import is_example

_KEYED = "key_func"


class SpoofableClientAddress(Rule):
    """
    ## What it does
    Finds rate limits, lock-outs and lists of allowed addresses that go by the first address of `X-Forwarded-For`
    (`request.headers["x-forwarded-for"].split(",")[0]`), also by a function that gives it (`client_ip(request)`).

    Each proxy appends the address that it sees to what was sent, so the first address is the one that the client
    wrote. Silent where the function or its class says whom it trusts (`trusted_proxies`), and where the address is
    only logged or kept.

    ## Why it matters
    Whoever sends another address with each request is never limited and never locked out, and whoever knows an
    allowed address is let in. Passwords can be tried without end.

    ## When to silence it
    When the only proxy replaces the header by the address that it sees.
    """

    code = "AUD626"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    since = "0.1.0"
    reach = Reach.PROJECT
    message = "`{address}` is what the client wrote, and `{limit}` goes by it; take what a trusted proxy wrote"
    examined = "first addresses of `X-Forwarded-For` limit nobody"

    bad = (
        """
        from collections import Counter

        from fastapi import FastAPI, HTTPException, Request

        app = FastAPI()
        attempts = Counter()

        def check_rate_limit(request: Request):
            forwarded = request.headers.get("x-forwarded-for")
            address = forwarded.split(",")[0] if forwarded else request.client.host  # AUD626
            attempts[address] += 1
            if attempts[address] > 3:
                raise HTTPException(429)

        @app.post("/login")
        def login(request: Request):
            check_rate_limit(request)
            return {"ok": False}
        """,
    )
    good = (
        """
        from collections import Counter

        from fastapi import FastAPI, HTTPException, Request

        app = FastAPI()
        attempts = Counter()
        TRUSTED_PROXIES = 1

        def check_rate_limit(request: Request):
            forwarded = request.headers.get("x-forwarded-for", "").split(",")
            trusted = len(forwarded) >= TRUSTED_PROXIES and forwarded[-TRUSTED_PROXIES].strip()
            address = trusted or request.client.host
            attempts[address] += 1
            if attempts[address] > 3:
                raise HTTPException(429)

        @app.post("/login")
        def login(request: Request):
            check_rate_limit(request)
            return {"ok": False}
        """,
        """
        import logging

        from fastapi import FastAPI, Request

        app = FastAPI()
        logger = logging.getLogger(__name__)

        @app.get("/state")
        def state(request: Request):
            forwarded = request.headers.get("x-forwarded-for", "")
            logger.info("asked by %s", forwarded.split(",")[0])
            return {"ok": True}
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the first addresses of the header by which the project keeps somebody out."""
        if self.module.is_test or is_example(self.module):
            return
        for found in forwarded_addresses(self.module):
            limit = self._limit_of(found)
            if limit is None:
                self.passed(found.node)
            else:
                self.report(found.node, address=self.module.text(found.node, 50), limit=limit)

    def _limit_of(self, found: ForwardedAddress) -> str | None:
        """What goes by an address: around it, or around the calls of the function that gives it."""
        module, function = self.module, found.function
        limit = limit_around(module, found.node)
        if limit is not None:
            return limit
        for call in module.calls_given(_KEYED):
            given = module.argument(call, _KEYED)
            if isinstance(given, ast.Name) and given.id == function.name:
                return module.text(call.func)
        for caller in every_caller(self.project, module, function):
            limit = limit_around(caller.module, caller.call)
            if limit is not None:
                return limit
        return None
