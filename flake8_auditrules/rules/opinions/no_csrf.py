"""AUD915: an application that believes every request that comes with its cookie."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_example

# What protects, or says that somebody has thought of it; Flask-WTF's forms have their tokens by default.
_PROTECTION = pattern(
    r"csrf|xsrf|flask_wtf|sec-fetch-site|SESSION_COOKIE_SAMESITE|\borigin\b.{0,40}(?:!=|not in)", re.I
)
_CHANGING = pattern(
    r"methods\s*=\s*[\[({][^\])}]*[\"'](?:POST|PUT|PATCH|DELETE)[\"']|@[\w.]+\.(?:post|put|patch|delete)\(", re.I
)
_MIDDLEWARE = frozenset({"MIDDLEWARE", "MIDDLEWARE_CLASSES"})
_WHO_IS_THERE = "django.contrib.auth.middleware.AuthenticationMiddleware"
# Without it Django answers nobody, but for a developer on his own machine.
_SERVED = pattern(r"ALLOWED_HOSTS")
_LOGIN_COOKIES = pattern(r"session|auth|token|jwt|user|login|sid\b", re.I)
_SESSIONS = "starlette.middleware.sessions.SessionMiddleware"
_LOGINS = "flask_login.LoginManager"


class NoCsrf(Rule):
    """
    ## What it does
    Finds applications that know their users by a cookie and change things for every request that has it, in
    projects that name no protection against cross-site request forgery: Django's settings with
    `AuthenticationMiddleware` and without `CsrfViewMiddleware`, Flask-Login without tokens or `SameSite`, and
    cookies of FastAPI and Starlette that are set with `SameSite=None`.

    ## Why it matters
    A browser sends the cookie with what a page of somebody else makes it send. Who is logged in and opens such a
    page transfers, deletes or invites as its author likes.

    ## When to silence it
    When no browser talks to the application, or something in front of it looks at `Origin`.
    """

    code = "AUD915"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    since = "0.1.0"
    message = (
        "`{what}` lets a cookie alone change things, and nothing here tells requests of other sites apart; {cure}"
    )
    examined = "a request that changes something is known to come from one's own pages"
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import Cookie, FastAPI, Response

        app = FastAPI()
        notes = {"anna": ["buy milk"]}

        @app.post("/login")
        def login(response: Response, name: str):
            response.set_cookie("session", name, httponly=True, secure=True, samesite="none")  # AUD915

        @app.delete("/notes")
        def forget(session: str = Cookie()):
            notes[session].clear()
        """,
        """
        ALLOWED_HOSTS = ["notes.example.org"]
        MIDDLEWARE = [  # AUD915
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ]
        """,
        """
        from flask import Flask
        from flask_login import LoginManager, current_user, login_required

        app = Flask(__name__)
        logins = LoginManager(app)  # AUD915

        @app.route("/notes/delete", methods=["POST"])
        @login_required
        def forget():
            current_user.notes.clear()
            return "", 204
        """,
    )
    good = (
        """
        from fastapi import Cookie, FastAPI, Response

        app = FastAPI()
        notes = {"anna": ["buy milk"]}

        @app.post("/login")
        def login(response: Response, name: str):
            response.set_cookie("session", name, httponly=True, secure=True, samesite="lax")

        @app.delete("/notes")
        def forget(session: str = Cookie()):
            notes[session].clear()
        """,
        """
        ALLOWED_HOSTS = ["notes.example.org"]
        MIDDLEWARE = [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ]
        """,
    )

    def visit_Assign(self, node: ast.Assign) -> None:
        """Report the list of Django's middlewares that finds out who is there and asks for no token."""
        target = node.targets[0]
        if not isinstance(target, ast.Name) or target.id not in _MIDDLEWARE:
            return
        if self.module.is_test or is_example(self.module):
            return
        named = _texts(node.value)
        if named is None or _WHO_IS_THERE not in named:
            return
        if (
            any(_PROTECTION.search(name) for name in named)
            or _PROTECTION.search(_rest(self.module))
            or not says_anything(self.project, _SERVED)
        ):
            self.passed(node)
        else:
            self.report(node, what=target.id, cure="add `django.middleware.csrf.CsrfViewMiddleware`")

    def visit_Call(self, node: ast.Call) -> None:
        """Report a login manager of Flask and a cookie that every site's requests carry."""
        module = self.module
        if module.is_test or is_example(module):
            return
        name = module.called(node, (_LOGINS,)) if module.imports("flask_login") else None
        cure = "add `CSRFProtect(app)` of Flask-WTF or set `SESSION_COOKIE_SAMESITE`"
        if name is None:
            if not _sent_from_everywhere(module, node):
                return
            cure = 'set it with `samesite="lax"` or look at `Origin`'
        if says_anything(self.project, _PROTECTION) or not says_anything(self.project, _CHANGING):
            self.passed(node)
        else:
            self.report(node, what=module.call_text(node), cure=cure)


def _texts(value: ast.expr) -> list[str] | None:
    """The texts of a list or tuple that is written out; None where anything else is in it."""
    if not isinstance(value, (ast.List, ast.Tuple)):
        return None
    found = [part.value for part in value.elts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return found if len(found) == len(value.elts) else None


def _rest(module: Module) -> str:
    """All texts of a module: what it adds to its middlewares elsewhere."""
    return "\n".join(part.value for part in module.nodes(ast.Constant) if isinstance(part.value, str))


def _sent_from_everywhere(module: Module, call: ast.Call) -> bool:
    """Whether a call sets a cookie of a login, or of a session, with `SameSite=None`."""
    if not module.imports("fastapi", "starlette"):
        return False
    if isinstance(call.func, ast.Attribute) and call.func.attr == "set_cookie":
        name, policy = module.argument(call, "key", 0), module.argument(call, "samesite", 8)
        known = module.literal(name) if name is not None else None
        named = known if isinstance(known, str) else module.text(name) if name is not None else ""
        if _LOGIN_COOKIES.search(named) is None:
            return False
    else:
        given = call.args[0] if call.args else None
        is_added = isinstance(call.func, ast.Attribute) and call.func.attr == "add_middleware"
        if not is_added or given is None or module.qualname(given) != _SESSIONS:
            return False
        policy = module.argument(call, "same_site")
    if not isinstance(policy, ast.Constant) or not isinstance(policy.value, str):
        return False
    return policy.value.lower() == "none"
