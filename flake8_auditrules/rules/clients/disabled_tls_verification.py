"""AUD208: the certificate of the server is not verified."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from flake8_auditrules.knowledge import certificates
from flake8_auditrules.knowledge.clients import REQUEST_METHODS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.plain_forms import is_plainly_unverified, is_waived
from flake8_auditrules.semantics.programs import is_test_support
from flake8_auditrules.semantics.scopes import BindingKind

_SWITCH_WORDS = pattern(
    r"verif|insecure|unsafe|ssl|tls|cert|self_?signed|debug|develop|local|test|\bca\b|\bca_|_ca\b", re.IGNORECASE
)
_UNVERIFIED = pattern(r"insecure|unsafe|unverified|no_?verify|self_?signed", re.IGNORECASE)
_LINES_ABOVE = 6
_PROBING = pattern(r"(?:^|_)(?:is_up|alive|health(?:y|check)?|ready|probe|ping|wait_(?:for|until))(?:_|$)")
_LOCAL_NAME = pattern(r"localhost|loopback", re.IGNORECASE)
_SAME_MACHINE = pattern(r"#.*(?:\blocalhost\b|\b127\.0\.0\.1\b|\bloopback\b)", re.IGNORECASE)
# A device in the house has made its certificate itself: there is no authority that could be given.
_DEVICE = pattern(
    r"(?:^|[_.])(?:devices?|(?:smart|chrome)_?cast|[a-z]*tvs?|bulbs?|printers?)(?:$|[_.])", re.IGNORECASE
)
_WORD_START = pattern(r"(?<=[a-z0-9])(?=[A-Z])")
# What looks at the key of the peer itself, after the handshake.
_PINNING = pattern(r"\b(?:getpeercert|sslsocket_class|assert_fingerprint|ssl_object)\b")
# What is said where the owner of the code has thought about it.
_ON_PURPOSE = pattern(r"\b(?:deliberate|intentional|on purpose)", re.IGNORECASE)
_LOCAL_HOST = pattern(r"https?://(localhost|127\.|\[::1\]|0\.0\.0\.0)")


class DisabledTlsVerification(Rule):
    """
    ## What it does
    Finds TLS connections that accept any certificate: `verify=False`, `ssl=False` of aiohttp, `CERT_NONE`,
    `ssl._create_unverified_context`, also on a session (`session.verify = False`) and in the options of Redis and
    Celery (`options["ssl_cert_reqs"] = None`).

    Places that a setting or a test decides over (`if settings.insecure:`) are left alone, and so are functions
    that only ask whether a server is up, what is said to be for the same machine, classes and modules that speak
    to a device by their names (`DeviceClient`), code that compares the peer's certificate itself, and lines that
    waive the same check of another linter (`# noqa: S501`, `# nosec B501`).

    ## Why it matters
    Whoever sits between the two machines can answer in the server's place, read the request with its token, and
    change the answer. Encryption without verification protects against nobody who is active.

    ## When to silence it
    When the peer is on the same machine. For a private authority, hand over its certificate instead.
    """

    code = "AUD208"
    severity = Severity.HIGH
    category = Category.SECURITY
    reach = Reach.CALLEES
    since = "0.1.0"
    calls = frozenset({*certificates.UNVERIFIED_CONTEXTS, *certificates.SWITCHES, *certificates.REQUIREMENTS})
    message = "`{code}` accepts any certificate; keep verification on and give the authority's certificate"
    examined = "switched-off certificate checks are the user's own choice or stay on the machine"

    bad = (
        """
        import requests

        def read(url, token):
            headers = {"authorization": token}
            return requests.get(url, headers=headers, verify=False, timeout=5).text  # AUD208
        """,
        """
        import ssl
        from urllib.request import urlopen

        def read(url):
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE  # AUD208
            return urlopen(url, timeout=5, context=context).read(100)
        """,
    )
    good = (
        """
        import requests

        def read(url, token):
            headers = {"authorization": token}
            return requests.get(url, headers=headers, verify="internal-ca.pem", timeout=5).text
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a call that is told to verify nothing."""
        module = self.module
        callee = module.called(node, self.calls)
        if callee is None or module.is_test:
            return
        if callee in certificates.UNVERIFIED_CONTEXTS:
            self._report(node, node, f"{module.text(node.func)}()")
            return
        for name in certificates.SWITCHES.get(callee, ()):
            given = module.argument(node, name)
            if given is not None and _is_false(given):
                self._report(node, given, f"{name}=False")
                return
        requirement = certificates.REQUIREMENTS.get(callee)
        if requirement is not None:
            given = module.argument(node, requirement)
            if given is not None and _requires_nothing(module, given, requirement):
                self._report(node, given, f"{requirement}={module.text(given)}")

    def visit_Module(self, node: ast.Module) -> None:
        """Report a context or session that is told to verify nothing."""
        module = self.module
        if module.is_test:
            return
        for target in module.attributes_named("verify_mode"):
            assignment = module.parent(target)
            if isinstance(assignment, ast.Assign) and assignment.targets[0] is target:
                if module.qualname(assignment.value) == "ssl.CERT_NONE" and not _is_meant(module, target.value):
                    self._report(assignment, assignment.value, module.text(assignment))
        for target in module.attributes_named("verify"):
            assignment = module.parent(target)
            if isinstance(assignment, ast.Assign) and assignment.targets[0] is target:
                value = assignment.value
                if _is_false(value) and module.instance_of(target.value) in certificates.SESSIONS:
                    self._report(assignment, value, module.text(assignment))
        if module.imports(*certificates.VERIFYING):
            self._look_at_handed_clients()
        if module.imports("redis", "celery", "kombu"):
            self._look_at_options()

    def _look_at_handed_clients(self) -> None:
        """Report requests of clients that come from elsewhere, `session.get(url, verify=False)`."""
        for call in self.module.calls_given("verify"):
            given = self.module.argument(call, "verify")
            if (
                isinstance(call.func, ast.Attribute)
                and call.func.attr in REQUEST_METHODS
                and self.module.callee(call) is None
                and given is not None
                and _is_false(given)
            ):
                self._report(call, given, "verify=False")

    def _look_at_options(self) -> None:
        """Report what options of redis-py and Celery say of certificates: `options["ssl_cert_reqs"] = None`."""
        key = certificates.REDIS_KEY
        for written in self.module.nodes(ast.Subscript):
            assignment = self.module.parent(written)
            if (
                isinstance(written.ctx, ast.Store)
                and isinstance(written.slice, ast.Constant)
                and written.slice.value == key
                and isinstance(assignment, ast.Assign)
                and _requires_nothing(self.module, assignment.value, key)
            ):
                self._report(assignment, assignment.value, self.module.text(assignment))
        for options in self.module.nodes(ast.Dict):
            for name, value in zip(options.keys, options.values, strict=True):
                if (
                    isinstance(name, ast.Constant)
                    and name.value == key
                    and _requires_nothing(self.module, value, key)
                ):
                    self._report(name, value, f'"{key}": {self.module.text(value)}')

    def _report(self, place: ast.AST, switch: ast.AST, text: str) -> None:
        if (
            _is_decided(self.module, switch, self._values_of)
            or _is_local(self.module, place)
            or _is_said_to_be_local(self.module, place)
            or _only_asks_whether_up(self.module, place)
            or _is_on_purpose(self.module, place)
            or _speaks_to_device(self.module, place)
            or _compares_certificate(self.module)
            or is_test_support(self.module)
        ):
            self.passed(place)
        elif is_waived(self.module, place, "S501") or is_waived(self.module, switch, "S501"):
            return
        elif not (self.config.beside_ruff and is_plainly_unverified(self.module, place)):
            self.report(place, code=text)

    def _values_of(self, attribute: ast.Attribute) -> Iterator[str]:
        """The texts of what an attribute of `self` is set to, in the class or in its bases."""
        module = self.module
        around = module.class_of_self(attribute.value)
        if around is None:
            return
        for name in module.instances.ancestry(module.definition(around)):
            found = class_named(self.project, module, name)
            if found is None:
                continue
            bindings = found[0].instances.members(found[1]).attributes.get(attribute.attr, [])
            for binding, _ in bindings:
                if binding.value is not None:
                    yield found[0].source(binding.value)
            if bindings:
                return


def _is_meant(module: Module, context: ast.expr) -> bool:
    """Whether a context says by its name that it is to be chosen for this, or is that of a server."""
    if _UNVERIFIED.search(module.source(context)):
        return True
    if not isinstance(context, ast.Name):
        return False
    made = (binding.value for binding in module.bindings(context))
    return any(
        isinstance(value, ast.Call)
        and any(
            (module.qualname(argument) or "").endswith((".CLIENT_AUTH", ".PROTOCOL_TLS_SERVER"))
            for argument in (*value.args, *(keyword.value for keyword in value.keywords))
        )
        for value in made
    )


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _requires_nothing(module: Module, value: ast.expr, parameter: str) -> bool:
    if module.qualname(value) == "ssl.CERT_NONE":
        return True
    return isinstance(value, ast.Constant) and (
        value.value in certificates.NOT_REQUIRED or (value.value is None and parameter == certificates.REDIS_KEY)
    )


def _asks_for_tls(test: ast.expr) -> bool:
    """Whether a test asks for the scheme of Redis over TLS: it says nothing of the certificate."""
    return any(isinstance(part, ast.Constant) and str(part.value).startswith("rediss") for part in ast.walk(test))


def _is_decided(module: Module, node: ast.AST, values_of: Callable[[ast.Attribute], Iterator[str]]) -> bool:
    """
    Whether a test of a setting about certificates or about the environment leads to a node.

    `values_of` gives the texts of what an attribute of `self` is set to.
    """
    child = node
    for ancestor in module.ancestors(node):
        if (
            isinstance(ancestor, (ast.If, ast.IfExp))
            and child is not ancestor.test
            and not _asks_for_tls(ancestor.test)
        ):
            if any(_SWITCH_WORDS.search(text) for text in _told_by(module, ancestor.test)):
                return True
            attributes = (part for part in ast.walk(ancestor.test) if isinstance(part, ast.Attribute))
            if any(_SWITCH_WORDS.search(text) for one in attributes for text in values_of(one)):
                return True
        elif isinstance(ancestor, ast.Assign):
            # A variable that says so by its name is there to be chosen by something else.
            if isinstance(ancestor.targets[0], ast.Name) and _SWITCH_WORDS.search(ancestor.targets[0].id):
                return True
        elif isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if _SWITCH_WORDS.search(ancestor.name) and not ancestor.name.startswith("test"):
                return True
            return _leaves_before(module, ancestor, node)
        child = ancestor
    return False


def _told_by(module: Module, test: ast.expr) -> Iterator[str]:
    """The text of a test, and those of the settings that the variables in it hold."""
    yield module.source(test)
    for name in ast.walk(test):
        if isinstance(name, ast.Name):
            for binding in module.bindings(name):
                value = binding.value
                asked = isinstance(value, ast.Call) and last_name(value) in ("get", "getattr", "getenv")
                if binding.kind is BindingKind.ASSIGNMENT and value is not None:
                    if asked or isinstance(value, (ast.Attribute, ast.Subscript)):
                        yield module.source(value)


def _leaves_before(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, node: ast.AST) -> bool:
    """Whether a test about certificates has left the function before a node."""
    line: int = getattr(node, "lineno", 0)
    return any(
        isinstance(statement, ast.If)
        and statement.lineno < line
        and isinstance(statement.body[-1], (ast.Return, ast.Raise))
        and _SWITCH_WORDS.search(module.source(statement.test)) is not None
        for statement in function.body
    )


def _only_asks_whether_up(module: Module, place: ast.AST) -> bool:
    """Whether a function named so looks whether a server is there, and sends it nothing that is secret."""
    function = module.function_of(place)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not _PROBING.search(function.name):
        return False
    return not any(
        keyword.arg in ("auth", "cookies", "data", "headers", "json")
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
    )


def _is_on_purpose(module: Module, place: ast.AST) -> bool:
    """Whether the function's docstring, or a comment close above, says that it is meant so."""
    function = module.function_of(place)
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if _ON_PURPOSE.search(ast.get_docstring(function) or "") is not None:
            return True
    line: int = getattr(place, "lineno", 1)
    return any(
        _ON_PURPOSE.search(text.partition("#")[2]) is not None
        for text in module.lines[max(0, line - _LINES_ABOVE) : line]
    )


def _speaks_to_device(module: Module, place: ast.AST) -> bool:
    """Whether the module or the class around is named for a device, which has a certificate of its own making."""
    names = [module.name, *(one.name for one in module.ancestors(place) if isinstance(one, ast.ClassDef))]
    return any(_DEVICE.search(_WORD_START.sub("_", name)) is not None for name in names)


def _compares_certificate(module: Module) -> bool:
    """Whether the module asks for the certificate that the peer has shown, or gives the one that it must have."""
    return any(_PINNING.search(line) is not None for line in module.lines)


def _is_said_to_be_local(module: Module, place: ast.AST) -> bool:
    """Whether the name of a context, or a comment close above, says that it is for the same machine."""
    if isinstance(place, ast.Assign) and _LOCAL_NAME.search(module.source(place.targets[0])):
        return True
    line: int = getattr(place, "lineno", 1)
    return any(_SAME_MACHINE.search(text) for text in module.lines[max(0, line - _LINES_ABOVE) : line])


def _is_local(module: Module, place: ast.AST) -> bool:
    """Whether the call itself names a host of the same machine, or what stands with it an address without TLS."""
    if not isinstance(place, ast.Call):
        return False
    if _LOCAL_HOST.search(module.source(place)) is not None or module.argument(place, "uds") is not None:
        return True
    block = module.parent(module.statement(place) or place)
    body = getattr(block, "body", None)
    if not isinstance(block, ast.If) or not isinstance(body, list):
        return False
    beside = " ".join(module.source(statement) for statement in body)
    return "http://" in beside and "https://" not in beside
