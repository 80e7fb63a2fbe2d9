"""AUD602: every origin may call with the user's cookies."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import module_named
from flake8_auditrules.project.setting_defaults import Default, default_of
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.arguments import given
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

# Words of switches for the machine of one who develops.
_DEVELOPMENT = pattern(r"(?:^|_)(?:dev|development|local)(?:_mode)?$", re.IGNORECASE)
_STRANGERS = ("https://evil.example", "http://evil.example:8000")
_MIDDLEWARE = frozenset(
    {"starlette.middleware.cors.CORSMiddleware", "fastapi.middleware.cors.CORSMiddleware", "quart_cors.cors"}
)


_FLASK = frozenset({"flask_cors.CORS", "flask_cors.cross_origin"})
# python-engineio, `BaseServer._cors_headers`: credentials are allowed unless somebody says no.
_SOCKETS = frozenset(
    {
        "engineio.AsyncServer",
        "engineio.Server",
        "flask_socketio.SocketIO",
        "flask_socketio.SocketIO.init_app",
        "socketio.AsyncServer",
        "socketio.Server",
    }
)


class CorsWildcardWithCredentials(Rule):
    """
    ## What it does
    Finds CORS settings that allow credentials from every origin: `allow_origins=["*"]` (or a regular expression
    that matches every origin) with `allow_credentials=True` in Starlette and FastAPI, and their twins in
    Flask-CORS, aiohttp_cors and django-cors-headers; and `cors_allowed_origins="*"` of Socket.IO servers, which
    allow credentials unless `cors_credentials=False` is given. A field of a settings class counts by its default.
    What only `if is_development:` or the like comes to is left alone.

    ## Why it matters
    Browsers refuse `*` with credentials, so the middleware sends the caller's own origin back instead. Any web
    page that a logged-in user opens can then read and change that user's data.

    ## When to silence it
    When no request is ever authenticated by a cookie, a client certificate or the network it comes from.
    """

    code = "AUD602"
    severity = Severity.CRITICAL
    category = Category.SECURITY
    since = "0.1.0"
    reach = Reach.CALLEES
    call_keywords = ("allow_credentials", "cors_allowed_origins", "supports_credentials", "**")
    message = "`{origins}`{by_default} with `{credentials}` lets every site act as the user; name the origins"
    examined = "CORS settings that allow credentials name their origins"

    bad = (
        """
        from fastapi import FastAPI
        from fastapi.middleware.cors import CORSMiddleware

        app = FastAPI()
        app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)  # AUD602
        """,
        """
        from fastapi import FastAPI
        from fastapi.middleware.cors import CORSMiddleware

        app = FastAPI()
        app.add_middleware(  # AUD602
            CORSMiddleware,
            allow_origin_regex="https?://.*",
            allow_credentials=True,
        )
        """,
    )
    good = (
        """
        from fastapi import FastAPI
        from fastapi.middleware.cors import CORSMiddleware

        app = FastAPI()
        app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"], allow_credentials=True)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a middleware or extension that allows credentials from everywhere."""
        module = self.module
        if module.is_test or _is_for_development(module, node):
            return
        if _makes_middleware(module, node):
            self._check(node, "allow_credentials", (("allow_origins", True), ("allow_origin_regex", False)))
        elif module.callee(node) in _FLASK:
            self._check_flask(node)
        elif module.callee(node) in _SOCKETS:
            self._check_socket(node)

    def _check_socket(self, node: ast.Call) -> None:
        """Report a server of Socket.IO that every origin may talk to, with the user's cookies by default."""
        origins = given(self.module, node, "cors_allowed_origins").value
        if origins is None:
            return
        refused = given(self.module, node, "cors_credentials").value
        is_open = _allows_all(self.module, origins) or self._allows_all_by_default(origins)
        if is_open and (refused is None or _is_true(self.module, node, "cors_credentials")):
            text = f"cors_allowed_origins={self.module.text(origins, 40)}"
            # What is in force, also where nobody has written it.
            self.report(node, origins=text, by_default="", credentials="cors_credentials=True")
        else:
            self.passed(node)

    def _check_flask(self, node: ast.Call) -> None:
        """Report Flask-CORS's extension or decorator, whose origins are `*` where none are named."""
        module = self.module
        resources = module.argument(node, "resources")
        if module.argument(node, "origins") is not None:
            if resources is None:
                self._check(node, "supports_credentials", (("origins", True),))
        elif resources is not None:
            if _is_true(module, node, "supports_credentials"):
                value = _origins_of_resources(module, resources)
                if value is None:
                    self.passed(node)
                else:
                    self.report(
                        node,
                        origins=f"origins: {module.text(value, 40)}",
                        by_default="",
                        credentials="supports_credentials=True",
                    )
        elif not module.has_unpacking(node) and _is_true(module, node, "supports_credentials"):
            called = f"{last_name(node.func)}(...)"
            self.report(node, origins=called, by_default="", credentials="supports_credentials=True")

    def visit_Module(self, node: ast.Module) -> None:
        """Report django-cors-headers' setting beside the one for credentials."""
        module, settings = self.module, self.module.index.root.bindings
        if module.is_test or "CORS_ALLOW_CREDENTIALS" not in settings:
            return
        if not all(_is_set(module, site) for site in settings["CORS_ALLOW_CREDENTIALS"]):
            return
        for name in ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"):
            for site in settings.get(name, ()):
                statement = module.parent(site)
                if isinstance(statement, ast.Assign) and _is_set(module, site):
                    if module.parent(statement) is node:
                        text = module.text(statement)
                        self.report(
                            statement, origins=text, by_default="", credentials="CORS_ALLOW_CREDENTIALS = True"
                        )

    def _check(self, node: ast.Call, credentials: str, parameters: tuple[tuple[str, bool], ...]) -> None:
        if not self._is_on(node, credentials):
            return
        for name, is_list in parameters:
            value = given(self.module, node, name).value
            if value is None:
                continue
            origins = f"{name}={self.module.text(value, 40)}"
            if _allows_all(self.module, value) if is_list else _matches_all(self.module, value):
                self.report(node, origins=origins, by_default="", credentials=f"{credentials}=True")
                return
            if is_list and self._allows_all_by_default(value):
                self.report(
                    node, origins=origins, by_default=', "*" by default,', credentials=f"{credentials}=True"
                )
                return
        self.passed(node)

    def _allows_all_by_default(self, value: ast.expr) -> bool:
        """Whether a value is a setting, or what is kept of one, whose default lets every origin in."""
        if isinstance(value, ast.Name):
            bindings = self.module.bindings(value)
            if len(bindings) == 1 and bindings[0].kind is BindingKind.IMPORT:
                return self._is_kept_elsewhere(value)
            if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
                return False
            value = bindings[0].value
        instead = _instead_of_nothing(self.module, value)
        if instead is not None:
            return _allows_all(self.module, instead)
        value = _whole_list(value)
        if isinstance(value, (ast.Name, ast.Attribute)) and self._is_kept_elsewhere(value):
            return True
        default = self._default(value)
        return default is not None and _allows_all(default.module, default.value)

    def _is_kept_elsewhere(self, value: ast.expr) -> bool:
        """Whether a value is a variable of another module that holds `*` where nothing else is set."""
        home, _, name = (self.module.qualname(value) or "").rpartition(".")
        other = module_named(self.project, self.module, home) if home and home != self.module.name else None
        sites = other.index.root.bindings.get(name, ()) if other is not None else ()
        written = other.names.binding(sites[0]).value if other is not None and len(sites) == 1 else None
        return other is not None and written is not None and _allows_all(other, _whole_list(written))

    def _default(self, value: ast.expr) -> Default | None:
        return default_of(self.project, self.module, value) if isinstance(value, ast.Attribute) else None

    def _is_on(self, node: ast.Call, name: str) -> bool:
        """Whether an argument is True, or a setting that is by default."""
        value = given(self.module, node, name).value
        if value is None:
            return False
        default = self._default(value)
        return self.module.literal(value) is True or (
            default is not None and isinstance(default.value, ast.Constant) and default.value.value is True
        )


def _is_for_development(module: Module, node: ast.Call) -> bool:
    """Whether only `if is_development:`, `if env == "dev":` or the like comes to a call."""
    child: ast.AST = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            test = ancestor.test
            if isinstance(test, (ast.Name, ast.Attribute)):
                if _DEVELOPMENT.search(last_name(test)):
                    return True
            elif isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Eq, ast.In)):
                named = [part.value for part in ast.walk(test) if isinstance(part, ast.Constant)]
                if named and all(isinstance(one, str) and _DEVELOPMENT.search(one) for one in named):
                    return True
        child = ancestor
    return False


def _whole_list(value: ast.expr) -> ast.expr:
    """What a list of origins is made of: `[one.strip() for one in settings.origins.split(",")]`."""
    if isinstance(value, ast.ListComp) and len(value.generators) == 1:
        value = value.generators[0].iter
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "split":
        value = value.func.value
    return value


def _instead_of_nothing(module: Module, value: ast.expr) -> ast.expr | None:
    """
    What is taken where nothing is given: of `origins or ["*"]`, `origins if origins is not None else ["*"]`,
    `text.split(",") if text else ["*"]`.
    """
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or) and len(value.values) == 2:
        return value.values[1]
    if isinstance(value, ast.IfExp):
        test = value.test
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot):
            test = test.left
        body = _whole_list(value.body)
        if isinstance(test, (ast.Name, ast.Attribute)) and module.source(test) == module.source(body):
            return value.orelse
    return None


def _is_set(module: Module, site: ast.AST) -> bool:
    """Whether a node that binds a name gives it the constant True."""
    value = module.names.binding(site).value
    return isinstance(value, ast.Constant) and value.value is True


def _origins_of_resources(module: Module, resources: ast.expr) -> ast.expr | None:
    """What allows every origin to one of the paths in `{"/api/*": {"origins": "*"}}`."""
    paths = resources.values if isinstance(resources, ast.Dict) else []
    for options in paths:
        if isinstance(options, ast.Dict):
            for key, value in zip(options.keys, options.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "origins" and _allows_all(module, value):
                    return value
    return None


def _makes_middleware(module: Module, call: ast.Call) -> bool:
    """Whether a call makes Starlette's CORS middleware, or hands its class over with the arguments."""
    if module.callee(call) in _MIDDLEWARE:
        return True
    if not call.args or not isinstance(call.args[0], (ast.Name, ast.Attribute)):
        return False
    return module.qualname(call.args[0]) in _MIDDLEWARE


def _is_true(module: Module, call: ast.Call, name: str) -> bool:
    value = given(module, call, name).value
    return value is not None and module.literal(value) is True


def _matches_all(module: Module, value: ast.expr) -> bool:
    """Whether a regular expression matches the origin of a stranger."""
    pattern = module.literal(value)
    if not isinstance(pattern, str):
        return False
    try:
        return any(re.fullmatch(pattern, origin) is not None for origin in _STRANGERS)
    except (re.error, RecursionError, OverflowError):
        return False


def _allows_all(module: Module, value: ast.expr) -> bool:
    """Whether a value is `*`, a list that holds it, or a variable's default that comes to that."""
    if isinstance(value, ast.Constant):
        return value.value == "*"
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return any(isinstance(element, ast.Constant) and element.value == "*" for element in value.elts)
    if isinstance(value, ast.Name):
        bindings = module.bindings(value)
        return bool(bindings) and all(
            binding.kind is BindingKind.ASSIGNMENT
            and binding.value is not None
            and binding.value is not value
            and not isinstance(binding.value, ast.Name)
            and _allows_all(module, binding.value)
            for binding in bindings
        )
    if isinstance(value, ast.Call):
        if isinstance(value.func, ast.Attribute) and value.func.attr == "split":
            return _allows_all(module, value.func.value)
        if module.callee(value) == "os.getenv":
            default = module.argument(value, "default", 1)
            return isinstance(default, ast.Constant) and default.value == "*"
    return False
