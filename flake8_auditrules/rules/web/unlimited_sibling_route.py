"""AUD616: a route worth guessing at that has no limit, beside limited ones."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.rate_limits import is_guessed_at, unlimited_routes
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_CHANGING = frozenset({"post", "put", "patch"})
# What is asked for again and again by whoever guesses, floods or fills the disk.
_TEMPTING = pattern(
    r"(?:^|[/_-])(?:log_?in|sign_?in|authenticate|tokens?|register|registration|sign_?up|forgot|reset|recover|"
    r"password|passwd|otp|2fa|mfa|totp|verify|uploads?)(?:$|[/_-])",
    re.IGNORECASE,
)
# A token that is signed or long enough is guessed by nobody.
_GIVEN_BACK = pattern(r"refresh|revoke|logout", re.IGNORECASE)
_UPLOADING = pattern(r"uploads?\b", re.IGNORECASE)


class UnlimitedSiblingRoute(Rule):
    """
    ## What it does
    Finds routes for logging in, registering, tokens, passwords, codes and uploads without a rate limit, in modules
    in which a limiter of slowapi or Flask-Limiter that has no limits for all routes limits others. A route for
    those who are signed in counts where it checks a password or a code, one for administrators does not.

    ## Why it matters
    The routes that were thought of are limited; through the one that was forgotten passwords are guessed, mails
    sent and disks filled as fast as the server answers.

    ## When to silence it
    When something in front of the application limits the route.
    """

    code = "AUD616"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{route}` has no rate limit, while {limited} here; add a limit"
    examined = "routes beside limited ones are limited"
    imports = ("fastapi", "starlette", "flask")
    call_names = ("limit", "shared_limit")
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI, Request
        from slowapi import Limiter, _rate_limit_exceeded_handler
        from slowapi.errors import RateLimitExceeded
        from slowapi.util import get_remote_address

        limiter = Limiter(key_func=get_remote_address)
        app = FastAPI()
        app.state.limiter = limiter
        app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)

        @app.post("/login")
        @limiter.limit("5/minute")
        def login(request: Request, name: str, password: str):
            return {"known": False}

        @app.post("/password/reset")
        def reset(request: Request, name: str):  # AUD616
            return {"sent": True}
        """,
    )
    good = (
        """
        from fastapi import FastAPI, Request
        from slowapi import Limiter, _rate_limit_exceeded_handler
        from slowapi.errors import RateLimitExceeded
        from slowapi.util import get_remote_address

        limiter = Limiter(key_func=get_remote_address)
        app = FastAPI()
        app.state.limiter = limiter
        app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)

        @app.post("/login")
        @limiter.limit("5/minute")
        def login(request: Request, name: str, password: str):
            return {"known": False}

        @app.post("/password/reset")
        @limiter.limit("5/minute")
        def reset(request: Request, name: str):
            return {"sent": True}
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report, at the first limit of a module, the routes without one."""
        module = self.module
        if module.is_test or node is not next(module.calls_named(*self.call_names), None):
            return
        for route, limited in unlimited_routes(self.project, module):
            said = route.path or route.function.name
            if limited is None:
                self.passed(route.function)
            elif not route.methods & _CHANGING or not _TEMPTING.search(said) or _GIVEN_BACK.search(said):
                continue
            elif _UPLOADING.search(route.path or "") or is_guessed_at(module, route):
                methods = "/".join(sorted(route.methods)).upper()
                others = "another route has one" if limited == 1 else f"{limited} other routes have one"
                self.report(route.function, route=f"{methods} {route.path or route.function.name}", limited=others)
