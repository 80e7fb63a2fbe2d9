"""AUD619: a secret compared with `==`, which tells by its time how much of it was right."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.callers import given_by_every_caller
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.request_bodies import reads_body
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import Binding, BindingKind, ScopeKind
from flake8_auditrules.semantics.secret_names import is_declared_with, names_certain_secret, names_secret, words

# Secrets, and what two texts that are compared are called beside each other.
_SECRET_WORD = pattern(
    r"token|secret|key|passw|credential|signature|authorization|expected|supplied|provided|presented|received",
    re.IGNORECASE,
)
_BEARING = frozenset({"authorization", "bearer"})
_DIGESTS = frozenset({"hexdigest", "digest"})
_SETTINGS = frozenset({"settings", "config", "conf", "env", "environ", "secrets", "options", "cfg"})
_REQUEST_PARTS = frozenset(
    {"authorization", "headers", "cookies", "query", "query_params", "args", "form", "credentials"}
)
_CUTS = frozenset({"lstrip", "removeprefix", "replace", "rstrip", "strip"})
_SPLITS = frozenset({"partition", "rsplit", "split"})
_FOLLOWED = frozenset({BindingKind.ASSIGNMENT, BindingKind.CONTEXT, BindingKind.LOOP, BindingKind.UNPACKED})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 4
_KEPT = pattern(r"(?:key|token|secret|password)$")
# What FastAPI takes out of a request for a parameter.
_DECLARING = frozenset({"Header", "Query"})
# What gives the text of a key or token, of those that take it out of a header, a query or a cookie.
_SCHEME = pattern(r"fastapi\.security\.(?:api_key\.|oauth2\.)?(?:APIKey(?:Header|Query)|OAuth2PasswordBearer)$")
_REQUESTS = frozenset({"request", "req", "websocket", "ws"})


class TimingUnsafeCompare(Rule):
    """
    ## What it does
    Finds `==` and `!=` between a token, key or signature that a request brings and the secret that the server
    knows (from the environment, the settings or a section of them, or a record that the function has looked up),
    also in a function whose callers take what they give it from a request, and between an HMAC and anything that
    may come from outside: neither another one that is made there nor what a file holds that the function opens.

    ## Why it matters
    `==` on texts stops at the first character that differs. Whoever can measure many answers finds the secret
    character by character; `hmac.compare_digest` takes the same time whatever differs.

    ## When to silence it
    When the compared value is no secret, or is a hash of one.
    """

    code = "AUD619"
    severity = Severity.HIGH
    category = Category.SECURITY
    reach = Reach.PROJECT
    since = "0.1.0"
    message = "`{compare}` tells by its time how much of the secret is right; use `hmac.compare_digest`"
    examined = "equality tests beside secrets compare none with what a client sends"

    bad = (
        """
        import os

        from fastapi import FastAPI, Header, HTTPException

        app = FastAPI()
        API_KEY = os.environ["API_KEY"]

        @app.post("/jobs")
        def start(x_api_key: str = Header()):
            if x_api_key != API_KEY:  # AUD619
                raise HTTPException(401)
            return {"started": True}
        """,
        """
        import hashlib
        import hmac

        def is_signed(secret, body, signature):
            return hmac.new(secret, body, hashlib.sha256).hexdigest() == signature  # AUD619
        """,
    )
    good = (
        """
        import hmac
        import os

        from fastapi import FastAPI, Header, HTTPException

        app = FastAPI()
        API_KEY = os.environ["API_KEY"]

        @app.post("/jobs")
        def start(x_api_key: str = Header()):
            if not hmac.compare_digest(x_api_key.encode(), API_KEY.encode()):
                raise HTTPException(401)
            return {"started": True}
        """,
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        """Report a comparison of a secret."""
        module = self.module
        if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.Eq, ast.NotEq)) or module.is_test:
            return
        left, right = node.left, node.comparators[0]
        if isinstance(left, ast.Constant) or isinstance(right, ast.Constant):
            return
        if not module.imports("hmac") and not (_reads_as_secret(left) or _reads_as_secret(right)):
            return
        sides = ((left, right), (right, left))
        serves = module.imports("hmac", *web.FRAMEWORKS)
        if (serves and any(_gives_away(module, *side) for side in sides)) or any(
            self._is_handed(*side) for side in sides
        ):
            self.report(node, compare=module.text(node))
        elif serves:
            self.passed(node)

    def _is_handed(self, secret: ast.expr, name: ast.expr) -> bool:
        """Whether a secret of the server is beside a parameter that the callers take from requests."""
        module = self.module
        if not isinstance(name, ast.Name) or not _brings_secret(name.id):
            return False
        function = module.function_of(name)
        if not isinstance(function, _FUNCTIONS) or role_of(module, function) is not None:
            return False
        if {binding.kind for binding in module.bindings(name)} != {BindingKind.PARAMETER}:
            return False
        if not _is_known_secret(module, secret) and not _is_kept_in_settings(module, secret):
            return False
        return any(
            value is not None and _is_from_request(caller.module, value)
            for caller, value in given_by_every_caller(self.project, module, function, name.id)
        )


def _gives_away(module: Module, secret: ast.expr, given: ast.expr) -> bool:
    """Whether one side is a code of a message or a secret of the server, the other what a request brings."""
    if _is_mac(module, secret) and not _is_made_here(module, given):
        return True
    if not _is_from_request(module, given):
        return False
    return (
        _is_known_secret(module, secret)
        or _is_of_row(module, secret, given)
        or _is_given_beside(module, secret, given)
    )


def _is_given_beside(module: Module, secret: ast.expr, given: ast.expr) -> bool:
    """Whether a parameter named like a secret is compared with a part of the request that is no cookie."""
    return (
        _is_given_secret(module, secret)
        and _is_request_part(module, given)
        and not _is_cookie(_value(module, given))
    )


def _is_of_row(module: Module, secret: ast.expr, given: ast.expr) -> bool:
    """
    Whether a secret is that of a record which the function has looked up: `room = rooms.get(room_id)`, and then
    `room.secret != x_room_secret`, by which the function leaves or not. The test of a query is none
    (`Room.secret == secret`), nor is one whether a setting has changed.
    """
    if not isinstance(secret, ast.Attribute) or not isinstance(secret.value, ast.Name):
        return False
    if not names_certain_secret(secret.attr) or not _decides(module, secret):
        return False
    brought = _value(module, given)
    if not isinstance(brought, ast.Name) or len(module.bindings(brought)) != 1:
        return False
    found = [binding.value for binding in module.bindings(secret.value)]
    if len(found) != 1:
        return False
    looked_up = found[0].value if isinstance(found[0], ast.Await) else found[0]
    return (
        isinstance(looked_up, (ast.Call, ast.Subscript))
        and not last_name(looked_up)[:1].isupper()
        and not _reads_part(module, looked_up)
        and not reads_body(module, looked_up)
        and not any(isinstance(part, ast.Name) and part.id == last_name(given) for part in ast.walk(looked_up))
    )


def _decides(module: Module, secret: ast.expr) -> bool:
    """Whether a function leaves where a comparison says so, or gives what it says: it lets somebody in."""
    for ancestor in module.ancestors(secret):
        if isinstance(ancestor, ast.If):
            return isinstance(ancestor.body[-1], (ast.Raise, ast.Return))
        if not isinstance(ancestor, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
            return isinstance(ancestor, ast.Return)
    return False


def _is_kept_in_settings(module: Module, secret: ast.expr) -> bool:
    """Whether a secret is that of one of the entries that the settings list: `for one in config.gateway_keys`."""
    if not isinstance(secret, ast.Attribute) or not isinstance(secret.value, ast.Name):
        return False
    if not _KEPT.search(secret.attr):
        return False
    bindings = module.bindings(secret.value)
    listed = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.LOOP else None
    return isinstance(listed, ast.Attribute) and _is_of_settings(listed.value)


def _reads_as_secret(expression: ast.expr) -> bool:
    """Whether an expression's last name has a word that secrets have: a cheap test before the others."""
    if isinstance(expression, ast.Call):
        return last_name(expression) in ("get_secret_value", "getenv", "get")
    if isinstance(expression, ast.Subscript):
        return True
    if isinstance(expression, ast.JoinedStr):
        # `f"Bearer {key}"`: what stands at the end is the secret.
        last = expression.values[-1] if expression.values else None
        return isinstance(last, ast.FormattedValue) and _reads_as_secret(last.value)
    name = last_name(expression)
    return _SECRET_WORD.search(name) is not None


def _value(module: Module, expression: ast.expr) -> ast.expr:
    """The one value that a local name has, else the expression itself; what adds or cuts a prefix is taken off."""
    if isinstance(expression, ast.Name):
        given = _given(module, expression)
        if given is not None:
            expression = given
    while True:
        whole = _cut(expression)
        if whole is not None:
            if isinstance(whole, ast.Name):
                return _value(module, whole)
            expression = whole
        elif isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
            expression = expression.right
        elif isinstance(expression, ast.JoinedStr) and expression.values:
            last = expression.values[-1]
            if not isinstance(last, ast.FormattedValue):
                return expression
            expression = last.value
            if isinstance(expression, ast.Name):
                return _value(module, expression)
        elif isinstance(expression, ast.Call) and last_name(expression) in (
            "decode",
            "encode",
            "b64encode",
            "str",
        ):
            inner = expression.func.value if isinstance(expression.func, ast.Attribute) else None
            if inner is None or last_name(expression) in ("b64encode", "str"):
                inner = expression.args[0] if expression.args else inner
            if inner is None:
                return expression
            expression = inner
        else:
            return expression


def _given(module: Module, name: ast.Name) -> ast.expr | None:
    """What a local name is given, once; that it is cut afterwards (`token = token[7:]`) is left out of account."""
    values = []
    for binding in module.bindings(name):
        if binding.kind is BindingKind.UNPACKED:
            # `scheme, _, token = authorization.partition(" ")`
            statement = module.statement(binding.site)
            whole = statement.value if isinstance(statement, ast.Assign) else None
            if not (isinstance(whole, ast.Call) and last_name(whole) in _SPLITS):
                return None
            if isinstance(whole.func, ast.Attribute):
                values.append(whole.func.value)
            continue
        if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
            return None
        whole = _cut(binding.value)
        if not (isinstance(whole, ast.Name) and whole.id == name.id):
            values.append(binding.value)
    return values[0] if len(values) == 1 else None


def _cut(expression: ast.expr) -> ast.expr | None:
    """What an expression is a part of: `x[7:]`, `x.removeprefix("Bearer ")`, `x.split(" ")[1]`."""
    part = expression
    if isinstance(part, ast.Subscript):
        if isinstance(part.slice, ast.Slice):
            return part.value
        if not (isinstance(part.value, ast.Call) and last_name(part.value) in _SPLITS):
            return None
        part = part.value
        return part.func.value if isinstance(part.func, ast.Attribute) else None
    if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in _CUTS:
        return part.func.value
    return None


def _is_mac(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is the text of an HMAC that is made here."""
    if not module.imports("hmac"):
        return False
    value = _value(module, expression)
    if not isinstance(value, ast.Call):
        return False
    if module.callee(value) == "hmac.digest":
        return True
    if not isinstance(value.func, ast.Attribute) or value.func.attr not in _DIGESTS:
        return False
    made = _value(module, value.func.value)
    return isinstance(made, ast.Call) and module.callee(made) in ("hmac.new", "hmac.HMAC")


def _is_made_here(module: Module, expression: ast.expr) -> bool:
    """Whether nobody else has chosen what an HMAC is compared with: it is one itself, or stands in a file here."""
    if _is_mac(module, expression) or _is_of_file(module, expression, 0):
        return True
    bindings = module.bindings(expression) if isinstance(expression, ast.Name) else []
    return any(binding.value is not None and _is_mac(module, binding.value) for binding in bindings)


def _is_of_file(module: Module, expression: ast.expr, hops: int) -> bool:
    """Whether a value is read from a file that the function opens: what is there can be read without a guess."""
    if hops > _MAXIMUM_HOPS:
        return False
    for part in ast.walk(expression):
        if isinstance(part, ast.Call):
            if module.callee(part) == "builtins.open" or last_name(part) in ("read_bytes", "read_text"):
                return True
        elif isinstance(part, ast.Name):
            for binding in module.bindings(part):
                value = binding.value
                if binding.kind is BindingKind.UNPACKED:
                    # `for number, line in enumerate(file):`
                    loop = module.enclosing(binding.site, ast.For)
                    value = loop.iter if loop is not None and value is None else value
                if binding.kind in _FOLLOWED and value is not None and _is_of_file(module, value, hops + 1):
                    return True
    return False


def _is_known_secret(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a secret of the server's own: from the environment or from its settings."""
    value = _value(module, expression)
    if isinstance(value, ast.Call):
        if last_name(value) == "get_secret_value" or _is_got_from_settings(value):
            return True
        if module.callee(value) != "os.getenv" or not value.args:
            return False
        name = value.args[0]
        return isinstance(name, ast.Constant) and isinstance(name.value, str) and names_secret(name.value)
    if isinstance(value, ast.Subscript):
        if module.qualname(value.value) != "os.environ" and not _is_of_settings(value.value):
            return False
        return isinstance(value.slice, ast.Constant) and names_secret(str(value.slice.value))
    if isinstance(value, ast.Attribute) and names_secret(value.attr):
        owner = value.value
        last = last_name(owner)
        if last == "self" and isinstance(owner, ast.Name):
            return _is_built_with(module, value)
        if last == "state":
            # What an application keeps, not what a middleware found out of one request.
            return isinstance(owner, ast.Attribute) and last_name(owner.value) == "app"
        return _is_of_settings(owner)
    name = value if isinstance(value, ast.Name) else expression
    if isinstance(name, ast.Name) and names_secret(name.id):
        if {binding.kind for binding in module.bindings(name)} == {BindingKind.IMPORT}:
            return True
        # A parameter of a function around the dependency: the secret with which that was built.
        scope = module.owner_of(name)
        if scope is not None and scope.kind is ScopeKind.MODULE:
            # What the module keeps; a text that is written out may be the name of a kind.
            values = [binding.value for binding in module.bindings(name)]
            return not any(isinstance(one, ast.Constant) and one.value is not None for one in values)
        return scope is not None and scope is not module.scope_of(name) and scope.kind is ScopeKind.FUNCTION
    return False


def _is_got_from_settings(call: ast.Call) -> bool:
    """Whether a call asks the settings for a secret by its name: `current_app.config.get("API_KEY")`."""
    key = call.args[0] if call.args else None
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "get"
        and isinstance(key, ast.Constant)
        and names_secret(str(key.value))
        and _is_of_settings(call.func.value)
    )


def _is_of_settings(owner: ast.expr) -> bool:
    """Whether an object is the settings, or a section of them: `request.app.state.config.dashboard`."""
    while True:
        last = words(last_name(owner))
        if last and last[-1] in _SETTINGS:
            return True
        if not isinstance(owner, ast.Attribute):
            return False
        owner = owner.value


def _is_built_with(module: Module, attribute: ast.Attribute) -> bool:
    """Whether an attribute of `self` is what its object was built with: only the constructor sets it."""
    holder = module.enclosing(attribute, ast.ClassDef)
    if holder is None or not isinstance(attribute.value, ast.Name):
        return False
    setting = [
        module.function_of(other)
        for other in module.attributes_named(attribute.attr)
        if isinstance(other.ctx, ast.Store)
        and isinstance(other.value, ast.Name)
        and other.value.id == attribute.value.id
        and module.enclosing(other, ast.ClassDef) is holder
    ]
    return bool(setting) and all(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in setting)


def _is_given_secret(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a parameter named like a secret: beside a part of the request, the server's own."""
    name = _value(module, expression)
    return (
        isinstance(name, ast.Name)
        and names_secret(name.id)
        and {binding.kind for binding in module.bindings(name)} == {BindingKind.PARAMETER}
        and role_of(module, module.function_of(name)) is None
    )


def _is_cookie(value: ast.expr) -> bool:
    """Whether a value is a cookie of the request: what one request has twice is no secret from its sender."""
    holder = value.func.value if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) else value
    holder = holder.value if isinstance(holder, ast.Subscript) else holder
    return last_name(holder).lower() == "cookies"


def _is_from_request(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a parameter of a route or dependency, or a part of a request."""
    if _is_request_part(module, expression):
        return True
    value = _value(module, expression)
    if _is_in_body(module, value) or _is_bearer(value):
        return True
    if _is_declared_part(module, value) or _is_of_security(module, value):
        return True
    if role_of(module, module.function_of(expression)) not in (Role.ROUTE, Role.DEPENDENCY, Role.WEBSOCKET):
        return False
    name = value
    if isinstance(value, ast.Attribute) and names_secret(value.attr):
        # A field of the body.
        name = value.value
    elif not isinstance(value, ast.Name) or not _brings_secret(value.id):
        return False
    return isinstance(name, ast.Name) and any(
        binding.kind is BindingKind.PARAMETER for binding in module.bindings(name)
    )


def _is_declared_part(module: Module, value: ast.expr) -> bool:
    """Whether a parameter is declared to be a part of the request: `x_token: str = Header(None)`."""
    if not isinstance(value, ast.Name) or not _brings_secret(value.id):
        return False
    return any(
        binding.kind is BindingKind.PARAMETER and is_declared_with(binding, _DECLARING)
        for binding in module.bindings(value)
    )


def _is_of_security(module: Module, value: ast.expr) -> bool:
    """
    Whether a scheme of `fastapi.security` takes a value out of the request: `key=Security(APIKeyHeader(...))`, and
    `credentials.password` of `credentials: HTTPBasicCredentials`.
    """
    basic = isinstance(value, ast.Attribute) and value.attr in ("password", "username")
    name = value.value if basic and isinstance(value, ast.Attribute) else value
    if not isinstance(name, ast.Name) or not module.imports("fastapi"):
        return False
    for binding in module.bindings(name):
        if binding.kind is not BindingKind.PARAMETER:
            return False
        if basic:
            annotation = binding.annotation
            return annotation is not None and module.instance_of(name) == "fastapi.security.HTTPBasicCredentials"
        for given in _declared_with(binding):
            scheme = module.instance_of(given.args[0]) if given.args else None
            if scheme is not None and _SCHEME.match(scheme):
                return True
    return False


def _declared_with(binding: Binding) -> Iterator[ast.Call]:
    """The calls of `Security` and `Depends` that declare a parameter, as its default or in its annotation."""
    for holder in (binding.value, binding.annotation):
        for part in ast.walk(holder) if holder is not None else ():
            if isinstance(part, ast.Call) and last_name(part) in ("Security", "Depends"):
                yield part


def _is_bearer(value: ast.expr) -> bool:
    """Whether a call takes the token out of a header that it is given: `extract_bearer(authorization)`."""
    return (
        isinstance(value, ast.Call)
        and not _BEARING.isdisjoint(words(last_name(value)))
        and any(
            isinstance(given, ast.Name) and not {"authorization", "header", "request"}.isdisjoint(words(given.id))
            for given in value.args
        )
    )


def _is_in_body(module: Module, value: ast.expr) -> bool:
    """Whether a value is a secret that the JSON body of a request brings: `body.get("client_secret")`."""
    if isinstance(value, ast.Call) and last_name(value) == "get" and value.args:
        holder, key = value.func, value.args[0]
        holder = holder.value if isinstance(holder, ast.Attribute) else holder
    elif isinstance(value, ast.Subscript):
        holder, key = value.value, value.slice
    else:
        return False
    if not isinstance(key, ast.Constant) or not _brings_secret(str(key.value)):
        return False
    if isinstance(holder, ast.Name):
        bindings = module.bindings(holder)
        read = bindings[0].value if len(bindings) == 1 else None
    else:
        read = holder
    return read is not None and reads_body(module, read)


def _is_request_part(module: Module, expression: ast.expr) -> bool:
    """Whether an expression reads a header, a cookie, a parameter or the credentials of a request."""
    if isinstance(expression, ast.Name):
        # Of several places the request may bring it by: `token = request.headers.get(...)`, then a parameter.
        bindings = module.bindings(expression)
        values = [binding.value for binding in bindings if binding.kind is BindingKind.ASSIGNMENT]
        if len(bindings) > 1 and len(values) == len(bindings):
            filled = [one for one in values if one is not None and not isinstance(one, ast.Constant)]
            return bool(filled) and all(_reads_part(module, _value(module, one)) for one in filled)
    return _reads_part(module, _value(module, expression))


def _reads_part(module: Module, value: ast.expr) -> bool:
    for node in ast.walk(value):
        if isinstance(node, ast.Attribute) and node.attr in _REQUEST_PARTS:
            if node.attr == "credentials" or last_name(node.value) in _REQUESTS:
                return True
        elif isinstance(node, ast.Call) and _gets_raw_header(node):
            return True
        elif isinstance(node, ast.Name) and node is not value:
            # `headers = request.headers`, and then one of these.
            given = _given(module, node)
            if isinstance(given, ast.Attribute) and given.attr in _REQUEST_PARTS:
                if last_name(given.value) in _REQUESTS:
                    return True
    return False


def _gets_raw_header(call: ast.Call) -> bool:
    """Whether a call asks the headers that an ASGI server gives for one: `headers.get(b"x-token")`."""
    return (
        last_name(call) == "get"
        and isinstance(call.func, ast.Attribute)
        and last_name(call.func.value) == "headers"
        and bool(call.args)
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, bytes)
    )


def _brings_secret(name: str) -> bool:
    return names_secret(name) or not {"signature", "authorization"}.isdisjoint(words(name))
