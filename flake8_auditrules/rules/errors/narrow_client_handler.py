"""AUD316: a handler for a client's failures that some of them pass by."""

from __future__ import annotations

import ast

from flake8_auditrules.project.caught_above import may_be_caught_above
from flake8_auditrules.project.registered_handlers import is_answered
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.narrow_handlers import narrow_handlers
from flake8_auditrules.semantics.programs import is_command_line, is_example

_ANSWERED = frozenset({"OSError", "TimeoutError"})


class NarrowClientHandler(Rule):
    """
    ## What it does
    Finds handlers around requests for a class that reads like every failure of the client and is not:
    `except URLError` around `urlopen(...)`, `except aiohttp.ClientError` around a request of aiohttp,
    `except smtplib.SMTPException` around `SMTP(host)`, and the like for imaplib, poplib, asyncpg and paramiko.

    Silent where another handler, of the same `try` or around it, takes what comes through, where a caller may,
    where the handler lets out what it took, and in command-line programs.

    ## Why it matters
    `urlopen` turns only what fails while it connects and sends into a URLError. A server that answers too late, or
    hangs up, ends in TimeoutError or RemoteDisconnected, which the handler does not know. aiohttp's limit for the
    whole request, five minutes unless something else is set, raises a plain TimeoutError that is no ClientError.
    The classes of smtplib, imaplib, poplib, asyncpg and paramiko are for what a server says; one that cannot be
    reached raises a plain OSError. So the fallback works in the tests and fails in the outage it was written for.

    ## When to silence it
    When whoever calls the function expects what comes through.
    """

    code = "AUD316"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    reach = Reach.PROJECT
    since = "0.1.0"
    message = "`{caught}` does not cover {missed}; catch `{cure}` as well"
    examined = "handlers for the failures of clients take all of them"
    imports = ("urllib", "aiohttp", "smtplib", "imaplib", "poplib", "asyncpg", "paramiko")

    bad = (
        """
        import json
        from urllib.error import URLError
        from urllib.request import urlopen

        def rates(address):
            try:
                with urlopen(address, timeout=0.2) as answer:
                    return json.load(answer)
            except URLError:  # AUD316
                return {"EUR": 1.0}
        """,
        """
        import aiohttp

        async def rates(session: aiohttp.ClientSession, address):
            try:
                async with session.get(address) as answer:
                    return await answer.json()
            except aiohttp.ClientError:  # AUD316
                return {"EUR": 1.0}
        """,
        """
        import smtplib

        def tell(host, port, letter):
            try:
                with smtplib.SMTP(host, port, timeout=5) as server:
                    server.send_message(letter)
            except smtplib.SMTPException:  # AUD316
                return False
            return True
        """,
    )
    good = (
        """
        import json
        from urllib.request import urlopen

        def rates(address):
            try:
                with urlopen(address, timeout=0.2) as answer:
                    return json.load(answer)
            except OSError:
                return {"EUR": 1.0}
        """,
        """
        import asyncio

        import aiohttp

        async def rates(session: aiohttp.ClientSession, address):
            try:
                async with session.get(address) as answer:
                    return await answer.json()
            except (aiohttp.ClientError, asyncio.TimeoutError):
                return {"EUR": 1.0}
        """,
        """
        import smtplib

        def tell(host, port, letter):
            try:
                with smtplib.SMTP(host, port, timeout=5) as server:
                    server.send_message(letter)
            except (smtplib.SMTPException, OSError):
                return False
            return True
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the handlers that miss a failure of the request in their block."""
        module = self.module
        if module.is_test or is_command_line(module) or is_example(module):
            return
        for found in narrow_handlers(module):
            function = module.function_of(found.handler)
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if (
                not found.is_alone
                or may_be_caught_above(self.project, module, function)
                or is_answered(self.project, module, _ANSWERED)
            ):
                self.passed(found.handler)
            else:
                self.report(found.handler, caught=found.caught, missed=found.narrow.missed, cure=found.narrow.cure)
