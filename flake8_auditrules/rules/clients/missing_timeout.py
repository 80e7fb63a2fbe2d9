"""AUD203: a network call that a silent peer holds for ever."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import timeouts
from flake8_auditrules.knowledge.timeouts import Wait
from flake8_auditrules.project.definitions import definition_of
from flake8_auditrules.project.handed_options import is_never_handed
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.requirements import requirement
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics.arguments import given, is_none
from flake8_auditrules.semantics.deadlines import has_deadline
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.plain_forms import is_plainly_untimed, is_waived
from flake8_auditrules.semantics.programs import (
    has_main_guard,
    is_example,
    is_part_of_command_line,
    is_script,
    is_test_support,
)
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.timed_requests import times_each_request

_LOCAL_SCHEMES = ("file:", "data:")
_EVENTS = "text/event-stream"
_ASKING_FOR_EVENTS = frozenset({"aconnect_sse", "connect_sse"})
_SOCKET = "socket.socket"
_SENDING = frozenset({"send", "sendall"})
_RECEIVING = frozenset({"makefile", "recv", "recv_into"})
# Kinds of sockets that wait for no other machine, or that nobody waits for.
_OTHER_SOCKETS = frozenset({"AF_BLUETOOTH", "AF_UNIX", "AF_VSOCK", "SOCK_DGRAM", "SOCK_RAW"})


class MissingTimeout(Rule):
    """
    ## What it does
    Finds network calls without a timeout, in libraries that wait for ever then (`urllib`, `requests`, `smtplib`,
    `ftplib`, `socket`, ...), and calls that turn the timeout of another library off (`httpx`, `aiohttp`, `redis`,
    `botocore`).

    A timeout that comes from `functools.partial`, `**options` of a dict that is written out, an adapter
    mounted on the session or `socket.setdefaulttimeout` counts; `session.timeout = 5`, which `requests` does not
    read, does not. Where a function hands on its own `**options`,
    all its calls in the project are asked whether one of them gives a timeout. Lines with `# noqa: S113`, scripts,
    support for tests, and functions that ask for `text/event-stream` are left out; so is `timeout=None` of a
    client that its module keeps to itself and gives a timeout with each request, and of a command line.

    ## Why it matters
    A server that accepts the connection and then says nothing (an overloaded one, a dropped route, a paused
    container) holds the calling thread for ever. One thread after the other is lost until the service stands
    still, with nothing in its log.

    ## When to silence it
    When the wait has to be unbounded and something else ends it: a watchdog, a killed process.
    """

    code = "AUD203"
    severity = Severity.HIGH
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    message = "`{call}` {fact} and waits for ever on a silent server; {cure}"
    examined = "calls that wait for a server have a time limit"
    reach = Reach.PROJECT
    calls = frozenset({*timeouts.WAITS, *timeouts.DATABASES, _SOCKET})
    options = (Option("databases", False, "look at psycopg2, pymysql and MySQLdb connections too"),)

    bad = (
        """
        from urllib.request import urlopen

        def read(url):
            with urlopen(url) as response:  # AUD203
                return response.read(100)
        """,
        """
        import requests

        class Prices:
            def __init__(self, base_url):
                self._base_url = base_url
                self._session = requests.Session()

            def today(self):
                return self._session.get(f"{self._base_url}/today").ok  # AUD203
        """,
    )
    good = (
        """
        from urllib.request import urlopen

        def read(url):
            with urlopen(url, timeout=0.2) as response:
                return response.read(100)
        """,
        """
        import requests

        OPTIONS = {"timeout": (0.2, 0.2), "allow_redirects": False}

        class Prices:
            def __init__(self, base_url):
                self._base_url = base_url
                self._session = requests.Session()

            def today(self):
                return self._session.get(f"{self._base_url}/today", **OPTIONS).ok
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a call that nothing bounds."""
        module = self.module
        name = module.called(node, self.calls)
        if name is None or module.is_test or is_example(module) or is_test_support(module):
            return
        if self.project.is_script(module) or is_script(module) or self._is_run_by_hand():
            return
        if name == _SOCKET:
            connecting = _untimed_connect(module, node)
            if connecting is not None and not has_deadline(module, connecting):
                shown = module.call_text(connecting)
                self.report(connecting, call=shown, fact="has no timeout", cure="call `settimeout()` before")
            return
        wait = timeouts.WAITS.get(name)
        if wait is None:
            if not self.option("databases"):
                return
            wait = timeouts.DATABASES[name]
        if self.config.beside_ruff and is_plainly_untimed(module, node):
            return
        if (
            name.startswith("redis.")
            and self._has_old_redis()
            and module.argument(node, "connection_pool") is None
        ):
            wait = wait._replace(unbounded=True)
        fact = _unbounded(module, node, wait) or self._fact_by_callers(node, wait)
        if (
            fact is None
            or _is_for_events(module, node)
            or ("=None" in fact and is_part_of_command_line(module))
            or times_each_request(module, node)
            or _is_bounded_otherwise(self.project, module, node, name, wait)
        ):
            self.passed(node)
            return
        if not is_waived(module, node, "S113"):
            self.report(node, call=module.call_text(node), fact=fact, cure=_cure(wait))

    def _is_run_by_hand(self) -> bool:
        """Whether a module is a program of one file, as its first line says, and no other module imports it."""
        module = self.module
        if not module.lines or not module.lines[0].startswith("#!") or not has_main_guard(module):
            return False
        return self.project.files_that_mention(module, module.name.rpartition(".")[2], 1) == []

    def _fact_by_callers(self, node: ast.Call, wait: Wait) -> str | None:
        """Why nothing bounds a call that hands on what its function is given: no caller gives a timeout."""
        if not wait.unbounded or len(wait.parameters) != 1 or _leaves_peer_out(self.module, node, wait):
            return None
        timeout, position = wait.parameters[0]
        if given(self.module, node, timeout, position).known:
            return None
        if not is_never_handed(self.project, self.module, node, timeout):
            return None
        return f"is given no `{timeout}` by any caller"

    def _has_old_redis(self) -> bool:
        """Whether the project asks for a version of redis-py that has no timeout of its own."""
        asked = requirement(self.project, "redis")
        return asked is not None and asked.is_below(timeouts.REDIS_BOUNDED_SINCE)


def _unbounded(module: Module, call: ast.Call, wait: Wait) -> str | None:
    """Why nothing given to the call bounds its wait; None where something does or may."""
    turned_off = ""
    for number, (parameter, position) in enumerate(wait.parameters):
        found = given(module, call, parameter, position)
        if not found.known:
            return None
        if found.value is None:
            continue
        if not is_none(module, found.value) or number or _bounds_connecting(module, call):
            # A second, finer bound that is turned off by name is meant so.
            return None
        turned_off = parameter
    if turned_off:
        return f"has `{turned_off}=None`"
    if wait.unbounded and not _leaves_peer_out(module, call, wait):
        return "has no timeout"
    return None


def _is_for_events(module: Module, call: ast.Call) -> bool:
    """Whether a call's function asks for a stream of events, which says nothing for as long as nothing happens."""
    function = module.function_of(call)
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        (isinstance(node, ast.Constant) and node.value == _EVENTS)
        or (isinstance(node, ast.Call) and last_name(node) in _ASKING_FOR_EVENTS)
        for node in module.own_nodes(function)
    )


def _bounds_connecting(module: Module, call: ast.Call) -> bool:
    """Whether `httpx.Timeout(None, connect=5)` leaves only the reading of a stream without a bound."""
    if module.callee(call) != "httpx.Timeout":
        return False
    bound = given(module, call, "connect", None)
    return not bound.known or (bound.value is not None and not is_none(module, bound.value))


def _leaves_peer_out(module: Module, call: ast.Call, wait: Wait) -> bool:
    """Whether the call connects to nothing yet: `FTP()`, with `connect(...)` later."""
    return wait.peer is not None and given(module, call, *wait.peer).value is None


def _cure(wait: Wait) -> str:
    if not wait.parameters:
        return "use `urlopen` with `timeout=`"
    return f"give `{wait.parameters[0][0]}=`"


def _is_bounded_otherwise(project: Project, module: Module, call: ast.Call, name: str, wait: Wait) -> bool:
    if wait.socket_default and _socket_default(module):
        return True
    if name.startswith("requests.Session.") and not _is_plain_session(project, module, call):
        return True
    if name.startswith("urllib3.PoolManager.") and not _is_made_without(module, call, "timeout"):
        return True
    if name == "socket.create_connection" and not module.keep("reads from sockets", _reads_from_sockets):
        # The operating system ends the connecting; it is the reading that waits for ever.
        return True
    if name in ("socket.create_connection", "http.client.HTTPConnection", "http.client.HTTPSConnection"):
        return module.keep("sets timeouts on sockets", _sets_socket_timeouts)
    if name == "httpx.Timeout":
        return _is_default_or_in_process(module, call)
    if name == "aiohttp.ClientTimeout" and _is_wanted(module, call):
        return True
    if name.startswith("urllib.request.") and call.args:
        if _is_local(module, call.args[0]) or _is_where_local(module, call):
            return True
    return has_deadline(module, call)


def _is_default_or_in_process(module: Module, call: ast.Call) -> bool:
    """Whether a timeout object is a parameter's default, or goes to a client with a transport of its own."""
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, ast.arguments):
            return True
        if isinstance(ancestor, ast.stmt):
            return False
        if isinstance(ancestor, ast.Call) and any(keyword.arg == "transport" for keyword in ancestor.keywords):
            return True
        if isinstance(ancestor, ast.Dict):
            keys = {key.value for key in ancestor.keys if isinstance(key, ast.Constant)}
            if "transport" in keys:
                return True
    return False


def _is_wanted(module: Module, call: ast.Call) -> bool:
    """Whether a caller has asked for no timeout: `case None:`, `if timeout is None:`."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
        if isinstance(ancestor, ast.match_case) and isinstance(ancestor.pattern, ast.MatchSingleton):
            return ancestor.pattern.value is None
        if isinstance(ancestor, ast.If) and child in ancestor.body and isinstance(ancestor.test, ast.Compare):
            asked = ancestor.test
            if isinstance(asked.ops[0], ast.Is) and is_none(module, asked.comparators[0]):
                return "timeout" in module.source(asked.left)
        child = ancestor
    return False


def _is_local(module: Module, url: ast.expr) -> bool:
    """Whether a URL names a file or holds its data itself."""
    if isinstance(url, ast.JoinedStr) and url.values:
        url = url.values[0]
    text = module.literal(url) if not isinstance(url, ast.Constant) else url.value
    return isinstance(text, str) and text.startswith(_LOCAL_SCHEMES)


def _is_where_local(module: Module, call: ast.Call) -> bool:
    """Whether a call runs only where a scheme was found to be that of files: `if parts.scheme == "file":`."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
        if isinstance(ancestor, ast.If) and child in ancestor.body and _asks_for_local(ancestor.test):
            return True
        child = ancestor
    return False


def _asks_for_local(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq):
        asked: ast.expr = test.comparators[0]
        return isinstance(asked, ast.Constant) and asked.value in ("file", "data")
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "startswith":
        asked = test.args[0] if test.args else test
        return (
            isinstance(asked, ast.Constant)
            and isinstance(asked.value, str)
            and asked.value.startswith(_LOCAL_SCHEMES)
        )
    return False


def _socket_default(module: Module) -> bool:
    """Whether the module gives all new sockets a timeout."""
    return module.keep("sets the default timeout of sockets", _sets_socket_default)


def _sets_socket_default(module: Module) -> bool:
    return module.imports("socket") and any(
        module.callee(call) == "socket.setdefaulttimeout" for call in module.nodes(ast.Call)
    )


def _reads_from_sockets(module: Module) -> bool:
    return any(
        node.attr in ("recv", "recv_into", "recvfrom", "makefile", "read", "readline")
        for node in module.nodes(ast.Attribute)
    )


def _untimed_connect(module: Module, made: ast.Call) -> ast.Call | None:
    """The call that connects a stream socket where its function then sends something and waits for the answer."""
    function = module.function_of(made)
    assignment = module.parent(made)
    target = assignment.targets[0] if isinstance(assignment, ast.Assign) else None
    if not isinstance(target, ast.Name) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if len(module.sites_of(target)) > 1 or any(last_name(part) in _OTHER_SOCKETS for part in ast.walk(made)):
        return None
    uses = (use for use in module.names_in(function).get(target.id, ()) if module.function_of(use) is function)
    methods = [module.parent(use) for use in uses]
    names = {last_name(method) for method in methods if isinstance(method, ast.Attribute)}
    if names.isdisjoint(_SENDING) or names.isdisjoint(_RECEIVING):
        return None
    if _socket_default(module) or module.keep("sets timeouts on sockets", _sets_socket_timeouts):
        return None
    calls = (module.parent(method) for method in methods if method is not None and last_name(method) == "connect")
    return next((call for call in calls if isinstance(call, ast.Call)), None)


def _sets_socket_timeouts(module: Module) -> bool:
    if any(
        isinstance(call.func, ast.Attribute) and call.func.attr in ("settimeout", "setblocking")
        for call in module.nodes(ast.Call)
    ):
        return True
    return any(
        isinstance(node.ctx, ast.Store)
        and (node.attr == "timeout" or (node.attr == "sock" and last_name(node.value) != "self"))
        for node in module.nodes(ast.Attribute)
    )


def _is_plain_session(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether the session was made by `requests.Session()` and nothing gives it a timeout of its own."""
    maker = _maker(module, call)
    if maker is None or module.keep("gives sessions a timeout", _gives_sessions_a_timeout):
        return False
    if module.callee(maker) == "requests.Session":
        return True
    found = definition_of(project, module, maker)
    if found is None or found.module.keep("gives sessions a timeout", _gives_sessions_a_timeout):
        return False
    answers = [
        part.value for part in found.module.own_nodes(found.function) if isinstance(part, (ast.Return, ast.Yield))
    ]
    return bool(answers) and all(_makes_session(found.module, answer) for answer in answers)


def _makes_session(module: Module, answer: ast.expr | None) -> bool:
    """Whether what a function answers is `requests.Session()`, or the name of one that is made so."""
    if isinstance(answer, ast.Name):
        bindings = module.bindings(answer)
        answer = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
    return isinstance(answer, ast.Call) and module.callee(answer) == "requests.Session"


def _is_made_without(module: Module, call: ast.Call, parameter: str) -> bool:
    """Whether the receiver was made here by a call that does not give a parameter."""
    maker = _maker(module, call)
    if maker is None:
        return False
    found = given(module, maker, parameter)
    return found.known and found.value is None


def _maker(module: Module, call: ast.Call) -> ast.Call | None:
    """The one call that made the object whose method is called, where it was made in this module."""
    if not isinstance(call.func, ast.Attribute):
        return None
    receiver = call.func.value
    if isinstance(receiver, ast.Call):
        return receiver
    values: list[ast.expr | None] = []
    if isinstance(receiver, ast.Name):
        bindings = module.bindings(receiver)
    elif isinstance(receiver, ast.Attribute):
        holder = module.instances.local_class(module.instance_of(receiver.value) or "")
        if holder is None:
            return None
        bindings = [binding for binding, _ in module.members(holder).attributes.get(receiver.attr, [])]
    else:
        return None
    for binding in bindings:
        if binding.kind not in (BindingKind.ASSIGNMENT, BindingKind.CONTEXT, BindingKind.ANNOTATION):
            return None
        if binding.value is not None and not (
            isinstance(binding.value, ast.Constant) and binding.value.value is None
        ):
            values.append(binding.value)
    if len(values) == 1 and isinstance(values[0], ast.Call):
        return values[0]
    return None


def _gives_sessions_a_timeout(module: Module) -> bool:
    """Whether the module mounts adapters of its own, or replaces a session's methods."""
    for call in module.nodes(ast.Call):
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr == "mount" and len(call.args) == 2:
            adapter = call.args[1]
            made = module.instance_of(adapter)
            if made not in ("requests.adapters.HTTPAdapter", "requests.HTTPAdapter"):
                return True
        elif isinstance(function, ast.Name) and function.id == "setattr":
            return True
    return any(
        node.attr in ("request", "send", "get", "post") and isinstance(node.ctx, ast.Store)
        for node in module.nodes(ast.Attribute)
    )
