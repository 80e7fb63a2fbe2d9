"""AUD627: a redirect to wherever the request says."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.request_values import (
    Part,
    RequestValue,
    carried,
    field_name,
    free_parameters,
    is_given_before,
    is_looked_at,
)
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Where an OAuth client gets its answer: the server knows these addresses beforehand.
_OF_PROTOCOLS = frozenset({"uri", "callback"})
# What a form sends: another site cannot write it where there is a CSRF token.
_SENT = frozenset({"Body", "Form"})
_FORM = pattern(r"\.(?:POST|DATA|data|form|values)\b")
_WHOLE = (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.BoolOp, ast.IfExp)


class OpenRedirect(Rule):
    """
    ## What it does
    Finds routes that answer with a redirect to a URL which the query string brings, as it is:
    `redirect(request.args.get("next"))`.

    Silent where the route tests the URL (`url_has_allowed_host_and_scheme`, a comparison of the host), looks it
    up, or puts it behind something of its own, for what a form sends, and for the redirect URIs of OAuth.

    ## Why it matters
    A link to the own site, with the own name and certificate, leads to any other: a copy of the log-in page that
    says "wrong password, try again".

    ## When to silence it
    When it is the route's purpose to lead anywhere, and the page before says so.
    """

    code = "AUD627"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    since = "0.1.0"
    calls = frozenset(web.REDIRECTS)
    message = "`{target}` of the request is where this leads, any site; allow paths of the own site alone"
    examined = "redirects lead to what the program knows"

    bad = (
        """
        from flask import Flask, redirect, request

        app = Flask(__name__)

        @app.post("/login")
        def login():
            return redirect(request.args.get("next") or "/")  # AUD627
        """,
    )
    good = (
        """
        from urllib.parse import urlsplit

        from flask import Flask, abort, redirect, request

        app = Flask(__name__)

        @app.post("/login")
        def login():
            target = request.args.get("next") or "/"
            parts = urlsplit(target.replace(chr(92), "/"))
            if parts.scheme or parts.netloc or target.startswith("//"):
                abort(400)
            return redirect(target)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a redirect whose target the client gives."""
        module = self.module
        callee = module.called(node, self.calls)
        function = module.function_of(node)
        if callee is None or module.is_test or not isinstance(function, _FUNCTIONS):
            return
        answer = web.REDIRECTS[callee]
        target = module.argument(node, answer.content_name, answer.content_position)
        if not isinstance(target, _WHOLE) or not is_route(module, function):
            return
        value = carried(module, target, free_parameters(module, function))
        if value is None or not _is_of_link(module, value) or not _is_whole(module, target, 0):
            return
        if (
            not _OF_PROTOCOLS.isdisjoint(words(field_name(value.node)))
            or is_looked_at(module, function, value)
            or is_given_before(module, function, node, value.names)
            or _is_tested(module, function, value)
        ):
            self.passed(node)
        else:
            self.report(node, target=module.text(value.node, 50))


def _is_of_link(module: Module, value: RequestValue) -> bool:
    """Whether a link can bring a value: by its query string or its path, not what a form sends."""
    if value.part is not Part.PARAMETER:
        return False
    if isinstance(value.node, ast.Name):
        declared = [binding.value for binding in module.bindings(value.node)]
        return not any(isinstance(one, ast.Call) and last_name(one) in _SENT for one in declared)
    read = value.node.func if isinstance(value.node, ast.Call) else value.node
    return _FORM.search(module.source(read)) is None


def _is_whole(module: Module, target: ast.expr, hops: int) -> bool:
    """Whether nothing of the program's own stands before what the client gives: `"/" + path`, `f"/{path}"`."""
    if isinstance(target, ast.Name) and hops < 3:
        values = [binding.value for binding in module.bindings(target)]
        return all(value is None or _is_whole(module, value, hops + 1) for value in values)
    if isinstance(target, ast.BoolOp):
        return all(_is_whole(module, one, hops) for one in target.values)
    if isinstance(target, ast.IfExp):
        return all(_is_whole(module, one, hops) for one in (target.body, target.orelse))
    return isinstance(target, (*_WHOLE, ast.Constant))


def _is_tested(module: Module, function: FunctionNode, value: RequestValue) -> bool:
    """Whether the text is asked how it begins, or a part of it is looked at."""
    read = module.source(value.node)
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("startswith", "fullmatch", "match")
        and any(
            module.source(one) == read or (isinstance(one, ast.Name) and one.id in value.names)
            for one in (node.func.value, *node.args)
        )
        for node in module.own_nodes(function)
    )
