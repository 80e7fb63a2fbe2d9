"""Query secrets: secrets that a request carries behind the `?` of its URL."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge.clients import REQUEST_METHODS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.secret_names import secret_in

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
REQUESTING = frozenset(
    f"{client}.{method}"
    for client in (
        "requests",
        "requests.Session",
        "httpx",
        "httpx.Client",
        "httpx.AsyncClient",
        "aiohttp.ClientSession",
    )
    for method in REQUEST_METHODS
)
"""The qualified names of what sends a request and takes `params`."""
# What stands before a value in a query string.
_QUERY = pattern(r"[?&][\w.\-\[\]]+=$")
# The body of a form is written as a query string is, but begins with the first name.
_FORM = pattern(r"[\w.\-]+=[^?]*$")
# OpenID Connect RP-Initiated Logout 1.0, section 2: the client gives the ID token as this parameter of a URL.
_DEMANDED = "id_token_hint="
# The last segment of what a URL is given to for a request to be sent.
_ASKING = pattern(
    r"(?:^|_)(?:get|post|put|patch|delete|head|request|stream|urlopen|connect|fetch|download)(?:_|$)"
    r"|(?:Transport|Client|Request|Connection|Session)$"
)


class QuerySecret(NamedTuple):
    """A secret in the query string of a URL, where it is put there, and the call that sends the request."""

    node: ast.expr
    secret: ast.expr
    call: ast.Call


def query_secrets(module: Module) -> Iterator[QuerySecret]:
    """
    The secrets that requests of a module carry in their query strings: as `params`, or written into the URL.

    A link for a browser and the address that a web hook calls cannot do without the query string: only what the
    program itself asks counts.
    """
    for call in module.calls_given("params"):
        if module.called(call, REQUESTING) is not None:
            given = _written_out(module, module.argument(call, "params"))
            secret = secret_in(module, given) if given is not None else None
            if secret is not None:
                yield QuerySecret(call, secret, call)
    for text in module.nodes(ast.JoinedStr):
        found = _secret_of_text(module, text)
        asking = _asking(module, text) if found is not None and not _is_reported(module, text) else None
        if found is not None and asking is not None:
            yield QuerySecret(text, found, asking)


def _written_out(module: Module, given: ast.expr | None) -> ast.Dict | None:
    """The parameters of a request where they are written out, there or under a name that is assigned once."""
    if isinstance(given, ast.Name):
        bindings = module.bindings(given)
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT:
            return None
        given = bindings[0].value
    return given if isinstance(given, ast.Dict) else None


def _secret_of_text(module: Module, text: ast.JoinedStr) -> ast.expr | None:
    """The first secret that an f-string puts behind `?name=` or `&name=`."""
    first = text.values[0] if text.values else None
    if isinstance(first, ast.Constant) and _FORM.match(str(first.value)):
        return None
    before = ""
    for value in text.values:
        if isinstance(value, ast.Constant):
            before = str(value.value)
        elif isinstance(value, ast.FormattedValue):
            if _QUERY.search(before) and not before.endswith(_DEMANDED):
                secret = secret_in(module, value.value)
                if secret is not None:
                    return secret
            before = ""
    return None


def _asking(module: Module, text: ast.JoinedStr) -> ast.Call | None:
    """The call by which the program sends a request to a URL, which stands in it or has a name."""
    statement = module.statement(text)
    for ancestor in module.ancestors(text):
        if isinstance(ancestor, ast.Call) and _ASKING.search(last_name(ancestor)):
            return ancestor
        if ancestor is statement:
            break
    if not isinstance(statement, ast.Assign):
        return None
    names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
    function = module.function_of(text)
    if not isinstance(function, _FUNCTIONS):
        return None
    for call in module.own_nodes(function):
        if isinstance(call, ast.Call) and _ASKING.search(last_name(call)):
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            if any(isinstance(one, ast.Name) and one.id in names for one in given):
                return call
    return None


def _is_reported(module: Module, text: ast.JoinedStr) -> bool:
    """Whether an f-string is the text of a log call or an exception, which shows the secret by itself."""
    records = log_calls(module)
    for ancestor in module.ancestors(text):
        if isinstance(ancestor, ast.Raise) or (isinstance(ancestor, ast.Call) and ancestor in records):
            return True
        if isinstance(ancestor, ast.Call) and last_name(ancestor) == "print":
            return True
        if isinstance(ancestor, ast.stmt):
            return False
    return False
