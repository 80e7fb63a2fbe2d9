"""AUD204: a client or connection that is not closed on some way out."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import clients
from flake8_auditrules.project.class_lines import leaves_alone
from flake8_auditrules.project.client_sources import calls_that_may_give, client_behind
from flake8_auditrules.project.connection_sources import is_of_project
from flake8_auditrules.project.lifetimes import made_in_passing
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.client_sites import client_site
from flake8_auditrules.semantics.flow import ExitKind, Raising
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.ownership import (
    Outcome,
    Owned,
    is_closed_by_class,
    is_ended,
    is_handed_over,
    is_needed_to_the_end,
    is_reached,
    left_open,
    owned_by,
    uses_of,
    works_on_and_on,
)
from flake8_auditrules.semantics.programs import (
    in_main_guard,
    is_main_function,
    is_terminal_program,
    is_test_support,
)
from flake8_auditrules.semantics.stubs import is_stub

_CLOSERS: dict[str, tuple[str, ...]] = {
    **{
        name: client.closers
        for name, client in clients.CLIENTS.items()
        if client.closers and name not in clients.SELF_CLOSING
    },
    **clients.CONNECTIONS,
}
_ALL_CLOSERS = tuple(sorted({closer for closers in _CLOSERS.values() for closer in closers}))


_OBJECT_CLOSERS = (*_ALL_CLOSERS, "__exit__", "aclose", "cleanup", "close", "shutdown", "stop")
_ENDINGS = ("close", "aclose", "shutdown", "stop", "cleanup", "disconnect", "teardown", "__exit__", "__aexit__")
_WITH_LOGIN = clients.CONNECTED_BY_ADDRESS | {"imaplib.IMAP4", "imaplib.IMAP4_SSL"}
_LOGGING_IN = ("authenticate", "login")
_CLOSED = frozenset({"closed", "is_closed", "is_closing"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What an engine tells without a connection.
_TOLD_BY_ENGINE = frozenset({"dialect", "driver", "echo", "name", "url"})
_SENDING = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "request", "send"})


class UnclosedClient(Rule):
    """
    ## What it does
    Finds clients, sessions, connection pools, engines and sockets that a function makes and neither closes,
    returns, stores, nor hands over on some way out (a socket also where it cannot be connected, or bound while the
    event loop runs, before somebody else gets it, and a connection for mail or FTP where its login fails); and
    classes that make an asynchronous client or a pool for themselves although nothing in the module closes it, or
    any other client where a function makes an object of the class for one call of it.

    ## Why it matters
    The sockets stay open until the garbage collector finds them. An asynchronous client cannot even close then,
    since that has to be awaited: it warns, and the connection hangs until the server gives up. Under load
    the process runs out of descriptors, or the database out of connections.

    ## When to silence it
    When the process ends at once afterwards, or another module closes the client through a way that the module
    does not show.
    """

    code = "AUD204"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    calls = _CLOSERS
    message = "`{call}` is {fact}; use `{cure}`"
    examined = "clients are closed or handed on"
    reach = Reach.PROJECT

    bad = (
        """
        import socket

        def is_alive(host, port):
            connection = socket.create_connection((host, port), timeout=2)  # AUD204
            connection.sendall(b"ping")
            if connection.recv(4) != b"pong":
                return False
            connection.close()
            return True
        """,
        """
        import httpx

        class Prices:
            def __init__(self, url):
                self._client = httpx.AsyncClient(base_url=url, timeout=5)  # AUD204

            async def today(self):
                return (await self._client.get("/today")).text
        """,
    )
    good = (
        """
        import socket

        def is_alive(host, port):
            with socket.create_connection((host, port), timeout=2) as connection:
                connection.sendall(b"ping")
                return connection.recv(4) == b"pong"
        """,
        """
        import httpx

        class Prices:
            def __init__(self, url):
                self._client = httpx.AsyncClient(base_url=url, timeout=5)

            async def today(self):
                return (await self._client.get("/today")).text

            async def close(self):
                await self._client.aclose()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a client that stays open on some path."""
        self._look_at(node, self.module.called(node, _CLOSERS) or "")

    def visit_Module(self, node: ast.Module) -> None:
        """Report a client that a function of the project makes for its caller, and that stays open there."""
        if self.module.is_test or is_terminal_program(self.module):
            return
        for call in calls_that_may_give(self.module):
            client = client_behind(self.project, self.module, call) if self._may_stay_open(call) else None
            if client in _CLOSERS:
                self._look_at(call, client)

    def _may_stay_open(self, call: ast.Call) -> bool:
        """Whether what a call gives may stay open, whatever client it is: other files are read only then."""
        if not is_of_project(self.project, self.module, call):
            return False
        owned = owned_by(self.module, call, _ALL_CLOSERS)
        if owned.outcome is not Outcome.ATTRIBUTE:
            return self._fact(owned, "", _ALL_CLOSERS) is not None
        holder = self.module.class_of(owned.function) if owned.function is not None else None
        return holder is not None and (not is_closed_by_class(self.module, holder, owned.attribute, _ALL_CLOSERS))

    def _look_at(self, node: ast.Call, callee: str) -> None:
        module = self.module
        if module.is_test or self._is_pool_of_nothing(node) or in_main_guard(module, node):
            return
        if is_terminal_program(module) or module.imports("alembic") or is_test_support(module):
            # A command, the environment of its migrations, or a run of tests ends with what it has opened.
            return
        if callee in clients.STREAMS and self._ends_transport(node):
            self.passed(node)
            return
        closers = _CLOSERS[callee]
        owned = owned_by(module, node, closers)
        fact = self._fact(owned, callee, closers)
        is_site = callee in clients.CLIENTS and client_site(module, node) is not None
        if fact is None or is_site or self._only_prepares(callee, node, owned):
            self.passed(node)
            return
        if is_main_function(module, node) or not is_reached(module, owned) or self._gives_database(owned):
            return
        is_async = callee in clients.CLIENTS and clients.CLIENTS[callee].is_async
        if owned.outcome is Outcome.ATTRIBUTE:
            cure = f"{closers[0]}()"
        else:
            cure = "async with" if is_async else "with"
            if closers == ("dispose",):
                cure = "dispose()"
            elif callee in clients.STREAMS:
                cure = f"contextlib.closing({min(owned.names, default='writer')})"
        self.report(node, call=module.call_text(node), fact=fact, cure=cure)

    def _gives_database(self, owned: Owned) -> bool:
        """Whether a database of the client has a name and is given to a call, which may keep it."""
        module = self.module
        for use in uses_of(module, owned):
            database = module.parent(use)
            named = module.parent(database) if isinstance(database, ast.Subscript) else None
            target = named.targets[0] if isinstance(named, ast.Assign) else None
            function = module.function_of(use)
            if not isinstance(target, ast.Name) or not isinstance(
                function, (ast.FunctionDef, ast.AsyncFunctionDef)
            ):
                continue
            if any(
                isinstance(module.parent(other), (ast.Call, ast.keyword))
                for other in module.names_in(function).get(target.id, ())
            ):
                return True
        return False

    def _only_prepares(self, callee: str, node: ast.Call, owned: Owned) -> bool:
        """Whether a session of requests, or an engine, is only looked at: it connects to nothing."""
        if callee not in ("requests.Session", "sqlalchemy.create_engine") or owned.outcome is Outcome.ATTRIBUTE:
            return False
        module = self.module
        uses: list[ast.expr] = [node] if owned.outcome is not Outcome.LOCAL else list(uses_of(module, owned))
        for use in uses:
            parent = module.parent(use)
            if isinstance(parent, ast.Attribute):
                if parent.attr in _SENDING or (
                    callee != "requests.Session" and parent.attr not in _TOLD_BY_ENGINE
                ):
                    return False
            elif not (isinstance(parent, ast.Call) and last_name(parent) in ("isinstance", "getattr", "hasattr")):
                return False
        return True

    def _is_pool_of_nothing(self, node: ast.Call) -> bool:
        """Whether an engine keeps no connections, or a client talks to something in the process."""
        return any(
            keyword.arg in ("poolclass", "transport", "app", "mounts", "connection_pool")
            for keyword in node.keywords
        )

    def _ends_transport(self, node: ast.Call) -> bool:
        """Whether the function ends the connection below the streams: `writer.transport.abort()`."""
        function = self.module.function_of(node)
        return any(
            self.module.function_of(ending) is function and last_name(ending.value) == "transport"
            for ending in (*self.module.attributes_named("abort"), *self.module.attributes_named("close"))
        )

    def _fact(self, owned: Owned, callee: str, closers: tuple[str, ...]) -> str | None:
        if owned.outcome is Outcome.DROPPED and callee in clients.CLIENTS:
            # What nobody asks anything has no connection.
            return None
        if owned.outcome in (Outcome.INLINE, Outcome.DROPPED):
            if self.module.function_of(owned.call) is None and self.module.loop_of(owned.call) is None:
                # Python drops the one of an import at once.
                return None
            return "never closed"
        if owned.outcome is Outcome.ATTRIBUTE:
            return self._kept_fact(owned, callee, closers)
        if owned.outcome is not Outcome.LOCAL:
            return None
        if not is_ended(self.module, owned, closers):
            if works_on_and_on(self.module, owned) or is_needed_to_the_end(self.module, owned):
                return None
            return "never closed"
        is_over = is_handed_over(self.module, owned, closers)
        if is_over and callee in clients.CLIENTS and not self._is_used(owned):
            # Clients connect at their first call: what is only handed on has no connection on the other ways.
            return None
        raising = Raising.EXPLICIT if is_over else Raising.CALLS
        late = callee in clients.CLIENTS or callee in clients.LATE_CONNECTIONS
        unconnected = callee in clients.CONNECTED_BY_ADDRESS and not owned.call.args and not owned.call.keywords
        asked_from = self._asked_from(owned, ("connect",) if unconnected else ()) if late or unconnected else 0
        if callee in clients.STREAMS and not self._is_sure_stream(owned):
            return None
        never_fail = clients.STREAM_CALLS if callee in clients.STREAMS else ()
        found = left_open(
            self.module, owned, closers, raising=raising, never_fail=never_fail, asked_from=asked_from
        )
        if found is None and is_over and callee == "socket.socket":
            # Whoever gets a socket closes it; when it cannot be bound or connected, nobody gets it.
            found = left_open(self.module, owned, closers, only_fail=self._failing(owned))
        if found is None and is_over and callee in _WITH_LOGIN and not self._is_asked(owned, closers):
            # Who logs in with a wrong password gets nothing that could be closed.
            found = left_open(self.module, owned, closers, only_fail=_LOGGING_IN)
        if found is None:
            return None
        if found.kind is ExitKind.AGAIN:
            return None if self._replaces_closed(owned) else "made again while the one before is still open"
        if found.kind is ExitKind.RAISE:
            if self._is_answered(owned, found.origin) or self._hardly_fails(owned, found.origin):
                return None
            if callee in clients.STREAMS and self._only_makes_object(owned, found.origin):
                return None
            return f"not closed when line {found.origin} raises"
        return f"not closed on the way out at line {found.line}"

    def _is_asked(self, owned: Owned, methods: tuple[str, ...]) -> bool:
        """Whether the function calls one of these methods on what it owns, on whatever way."""
        uses = (self.module.parent(use) for use in uses_of(self.module, owned))
        return any(isinstance(use, ast.Attribute) and use.attr in methods for use in uses)

    def _replaces_closed(self, owned: Owned) -> bool:
        """Whether a client is made where an `if` has found the one before closed: `session.closed`."""
        child: ast.AST = owned.call
        for ancestor in self.module.ancestors(owned.call):
            if ancestor is owned.function:
                return False
            if isinstance(ancestor, ast.If) and child in ancestor.body:
                if any(
                    isinstance(part, ast.Attribute)
                    and part.attr in _CLOSED
                    and isinstance(part.value, ast.Name)
                    and part.value.id in owned.names
                    for part in ast.walk(ancestor.test)
                ):
                    return True
            child = ancestor
        return False

    def _failing(self, owned: Owned) -> tuple[str, ...]:
        """The methods of a new socket that fail while the program goes on: `bind` where it is started already."""
        is_running = (
            isinstance(owned.function, ast.AsyncFunctionDef) or self.module.loop_of(owned.call) is not None
        )
        return ("bind", "connect") if is_running else ("connect",)

    def _is_sure_stream(self, owned: Owned) -> bool:
        """
        Whether the writer of a stream is that of one connection, which is opened once and under no deadline.

        Where a name is None before, what is asked of it later tells whether there is one; and a deadline whose
        block has ended says nothing about what was opened in it.
        """
        module = self.module
        statement = module.parent(owned.statement)
        if isinstance(statement, ast.AsyncWith) and len(statement.body) == 1:
            return False
        stores = [
            name
            for held in owned.names
            for name in (
                module.names_in(owned.function).get(held, ()) if isinstance(owned.function, _FUNCTIONS) else ()
            )
            if isinstance(name.ctx, ast.Store)
        ]
        return len(stores) == 1

    def _only_makes_object(self, owned: Owned, line: int) -> bool:
        """Whether a line of the function makes an object of a class and does nothing else."""
        return any(
            isinstance(node, ast.Assign)
            and node.lineno == line
            and isinstance(node.value, ast.Call)
            and last_name(node.value)[:1].isupper()
            for node in (self.module.own_nodes(owned.function) if isinstance(owned.function, _FUNCTIONS) else ())
        )

    def _is_answered(self, owned: Owned, line: int) -> bool:
        """
        Whether a call of a socket in a line, which raises nothing but OSError, is answered by closing it.

        So is a login that is refused; after any other failure of it there is no connection any more.
        """
        for use in uses_of(self.module, owned):
            method = self.module.parent(use)
            if use.lineno != line or last_name(method) not in (*clients.CONNECTING, *_LOGGING_IN):
                continue
            statement = self.module.enclosing(use, ast.Try)
            for handler in statement.handlers if statement is not None else ():
                caught = {last_name(part) for part in ast.walk(handler.type or handler)}
                closes = any(
                    isinstance(asked := self.module.parent(other), ast.Attribute)
                    and asked.attr not in _LOGGING_IN
                    and handler in self.module.ancestors(other)
                    for other in uses_of(self.module, owned)
                )
                if closes and not caught.isdisjoint(("OSError", "error", "IOError")):
                    return True
        return False

    def _hardly_fails(self, owned: Owned, line: int) -> bool:
        """Whether a line only asks a socket whether a port answers, or takes a port that the system chooses."""
        asked = {last_name(self.module.parent(use)): use.lineno for use in uses_of(self.module, owned)}
        if asked.get("connect_ex") == line:
            return True
        if (
            line not in (asked.get("bind"), asked.get("listen"))
            or "getsockname" not in asked
            or owned.function is None
        ):
            return False
        return any(
            isinstance(part, ast.Tuple)
            and len(part.elts) > 1
            and isinstance(part.elts[1], ast.Constant)
            and part.elts[1].value == 0
            for part in ast.walk(owned.function)
        )

    def _asked_from(self, owned: Owned, connecting: tuple[str, ...]) -> int:
        """
        The first line at which the function calls something of the client, enters it, or gives it to a call.

        `connecting` are methods after whose failure there is nothing to close.
        """
        lines = (
            use.lineno
            for use in uses_of(self.module, owned)
            if (
                self.module.enclosing(use, ast.Call) is not None
                or isinstance(self.module.parent(use), ast.withitem)
            )
            and last_name(self.module.parent(use)) not in (*clients.CONFIGURING, *connecting)
        )
        return min((line for line in lines if line > owned.call.lineno), default=0)

    def _is_used(self, owned: Owned) -> bool:
        """Whether the function itself asks something of the client."""
        return any(
            isinstance(parent := self.module.parent(use), ast.Attribute) and parent.attr not in clients.CONFIGURING
            for use in uses_of(self.module, owned)
        )

    def _kept_fact(self, owned: Owned, callee: str, closers: tuple[str, ...]) -> str | None:
        """
        A class's own client: only where leaving it open is known to be felt.

        It warns or holds its connections, or functions make objects of the class over and over.
        """
        module = self.module
        holder = module.class_of(owned.function) if owned.function is not None else None
        if holder is None:
            return None
        plain = bool(holder.bases) and leaves_alone(self.project, module, holder, owned.attribute)
        is_closed = is_closed_by_class(module, holder, owned.attribute, closers, has_plain_bases=plain)
        if is_closed or (is_closed is None and callee in clients.WARNING):
            return None
        if self.project.is_attribute_told_elsewhere(module, owned.attribute, closers):
            return None
        if callee not in clients.WARNING:
            if not isinstance(module.taken_by(owned.call), (ast.Assign, ast.AnnAssign)):
                # What was given may stand in its place.
                return None
            ends = _ending_method(module, holder)
            if ends:
                return f"kept in `{owned.attribute}`, which `{holder.name}.{ends}` leaves open"
            if made_in_passing(self.project, module, holder, _OBJECT_CLOSERS) is None:
                return None
        return f"kept in `{owned.attribute}`, which nothing in `{holder.name}` closes"


def _ending_method(module: Module, holder: ast.ClassDef) -> str:
    """The method by which a class ends what its objects have begun; "" for none."""
    methods = module.members(holder).methods
    return next((name for name in _ENDINGS if name in methods and not is_stub(methods[name])), "")
