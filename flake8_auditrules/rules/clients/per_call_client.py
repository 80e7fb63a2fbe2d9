"""AUD202: a client made again on every call of code that runs many times."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import clients, web
from flake8_auditrules.project.callers import callers_of, every_caller, is_called_by_base_constructor
from flake8_auditrules.project.client_sources import given_clients
from flake8_auditrules.project.command_calls import only_commands_call
from flake8_auditrules.project.own_loop_calls import runs_in_loops_of_its_own
from flake8_auditrules.project.project import Project
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.client_sites import (
    ClientSite,
    Frequency,
    client_site,
    keeps_answer,
    runs_many_times,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_terminal_program
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sharing import is_middleware

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SERVING = frozenset({Role.ROUTE, Role.WEBSOCKET, Role.DEPENDENCY, Role.TASK})
_MAXIMUM_HOPS = 2


class PerCallClient(Rule):
    """
    ## What it does
    Finds clients, sessions, pools and engines that a route handler, dependency, middleware, task, a method of a
    service, or a function or static method that one of these calls makes on every call, to talk to a host that is
    the same each time. A function of the project that returns a new client to those counts too.

    Methods that log in or out, revoke, back up or install, what a caller keeps on its object, and what commands
    of the project alone call, outside of loops, are silent; so are clients of a coroutine that synchronous code
    runs in a new event loop each time, since no other loop could use them.

    ## Why it matters
    A client owns a connection pool that exists so that the next call finds an open connection. Made on every
    call it never does: each call pays for TCP and TLS handshakes (and, for an HTTPS client, for loading the
    certificates), and under load the sockets run out.

    ## When to silence it
    When the code runs once in a process's life, or each call must have a pool of its own.
    """

    code = "AUD202"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    calls = clients.CLIENTS
    reach = Reach.PROJECT
    message = "`{call}` {fact} on every call of `{function}`; make it once and share it"
    examined = "clients are not seen to be made on every call"

    bad = (
        """
        import httpx

        class Weather:
            def __init__(self, base_url):
                self._base_url = base_url

            async def today(self, city):
                async with httpx.AsyncClient(timeout=5) as client:  # AUD202
                    answer = await client.get(f"{self._base_url}/today/{city}")
                return answer.text
        """,
    )
    good = (
        """
        import httpx

        class Weather:
            def __init__(self, base_url):
                self._client = httpx.AsyncClient(base_url=base_url, timeout=5)

            async def today(self, city):
                answer = await self._client.get(f"/today/{city}")
                return answer.text

            async def close(self):
                await self._client.aclose()
        """,
        """
        import httpx

        class Fetcher:
            def __init__(self, limit):
                self._limit = limit

            async def read(self, url):
                async with httpx.AsyncClient() as client:
                    return (await client.get(url)).text[: self._limit]
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a client made on every call."""
        if is_terminal_program(self.module):
            return
        self._look_at(node, client_site(self.module, node, self._serves_requests), "is made")

    def visit_Module(self, node: ast.Module) -> None:
        """Report what a function of the project makes for its caller, on every call of that one."""
        module = self.module
        if module.is_test or is_terminal_program(module):
            return
        for call, client, has_base_url in given_clients(self.project, module):
            site = client_site(module, call, self._serves_requests, given=client, has_base_url=has_base_url)
            if not self._is_told_where_made(call):
                self._look_at(call, site, "gives a new client")

    def _is_told_where_made(self, call: ast.Call) -> bool:
        """Whether the client is already reported in the function of this module that makes it."""
        maker = self.module.called_function(call)
        return isinstance(maker, _FUNCTIONS) and any(
            isinstance(node, ast.Return)
            and isinstance(node.value, ast.Call)
            and client_site(self.module, node.value) is not None
            for node in self.module.own_nodes(maker)
        )

    def _look_at(self, node: ast.Call, site: ClientSite | None, fact: str) -> None:
        if (
            site is None
            or site.frequency is not Frequency.PER_CALL
            or site.function is None
            or self._is_of_passing_object(site.function)
            or is_called_by_base_constructor(self.project, self.module, site.function)
            or only_commands_call(self.project, self.module, site.function)
            or self._runs_in_loops_of_its_own(node, site.function)
        ):
            self.passed(node)
            return
        self.report(node, call=self.module.call_text(node), fact=fact, function=site.function.name)

    def _runs_in_loops_of_its_own(self, node: ast.Call, function: FunctionNode) -> bool:
        """Whether the client belongs to a loop, and the function runs in another one each time."""
        client = clients.CLIENTS.get(self.module.called(node, clients.CLIENTS) or "")
        if client is None or not client.is_async or not isinstance(function, ast.AsyncFunctionDef):
            return False
        return runs_in_loops_of_its_own(self.project, self.module, function)

    def _is_of_passing_object(self, function: FunctionNode) -> bool:
        """Whether the project makes objects of the method's class only to call them at once: `Bucket().load()`."""
        holder = self.module.class_of(function)
        constructor = self.module.members(holder).methods.get("__init__") if holder is not None else None
        if constructor is None:
            return False
        made = callers_of(self.project, self.module, constructor)
        return bool(made) and all(
            isinstance(method := caller.module.parent(caller.call), ast.Attribute)
            and isinstance(called := caller.module.parent(method), ast.Call)
            and called.func is method
            for caller in made
        )

    def _serves_requests(self, function: FunctionNode) -> bool:
        """Whether a route, dependency or task calls a function, itself or through another function."""
        return _is_run_by_requests(self.project, self.module, function, 0)


def _is_run_by_requests(project: Project, module: Module, function: FunctionNode, hops: int) -> bool:
    if _stands_in_table(module, function):
        return True
    for caller in every_caller(project, module, function):
        calling = caller.module.function_of(caller.call)
        if not isinstance(calling, _FUNCTIONS) or calling is function:
            continue
        if role_of(caller.module, calling) in _SERVING or _is_injected(caller.module, calling):
            return True
        if is_middleware(caller.module, calling):
            return True
        if keeps_answer(caller.module, calling):
            continue
        if module.class_of(function) is None and function.args.args and runs_many_times(caller.module, calling):
            return True
        if hops < _MAXIMUM_HOPS and _is_run_by_requests(project, caller.module, calling, hops + 1):
            return True
    return False


def _is_injected(module: Module, function: FunctionNode) -> bool:
    """Whether FastAPI fills parameters of a function, `config=Depends(get_config)`: requests run it."""
    defaults = (*function.args.defaults, *function.args.kw_defaults)
    return any(
        isinstance(default, ast.Call)
        and last_name(default) in ("Depends", "Security")
        and module.callee(default) in web.DEPENDENCIES
        for default in defaults
    )


def _stands_in_table(module: Module, function: FunctionNode) -> bool:
    """Whether a table of the module, `{"search": search}`, holds a coroutine function for what asks it by name."""
    return isinstance(function, ast.AsyncFunctionDef) and any(
        module.function_of(name) is None
        and isinstance(table := module.parent(name), ast.Dict)
        and name in table.values
        for name in loads(module, function.name)
    )
