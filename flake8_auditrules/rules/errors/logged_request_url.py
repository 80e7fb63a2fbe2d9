"""AUD317: a secret in the query string of a request whose URL the client library writes into the log."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.loggers import LOGGING_URLS
from flake8_auditrules.project.log_levels import Level, shows_records_of
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.programs import is_example, is_terminal_program
from flake8_auditrules.semantics.query_secrets import query_secrets


class LoggedRequestUrl(Rule):
    """
    ## What it does
    Finds secrets in the query string of requests that httpx sends (`params={"key": api_key}`,
    `f"{base}?key={api_key}"`), in projects that let the root logger show records of INFO:
    `logging.basicConfig(level=logging.INFO)`, also as the default of an environment variable.

    httpx records each request with its whole URL at INFO, by the logger `httpx`. Silent where the project names
    that logger (`logging.getLogger("httpx").setLevel(logging.WARNING)`) or filters records, and in commands.

    ## Why it matters
    Nobody wrote a line that logs the key, and still each request leaves it in the log: readable for everybody who
    may read logs, kept for years. It has to be replaced once it has been there.

    ## When to silence it
    When the log is filtered by something outside of the project.
    """

    code = "AUD317"
    severity = Severity.HIGH
    category = Category.SECURITY
    since = "0.1.0"
    reach = Reach.PROJECT
    imports = tuple(LOGGING_URLS)
    message = (
        "`{secret}` stands in the URL, which {library} logs at INFO ({where}); use a header, or quiet `{logger}`"
    )
    examined = "secrets in URLs are in no log of the client library"

    bad = (
        """
        import logging

        import httpx

        logging.basicConfig(level=logging.INFO)

        def weather(base, city, api_key):
            answer = httpx.get(base, params={"q": city, "appid": api_key}, timeout=9)  # AUD317
            return answer.json()
        """,
    )
    good = (
        """
        import logging

        import httpx

        logging.basicConfig(level=logging.INFO)
        logging.getLogger("httpx").setLevel(logging.WARNING)

        def weather(base, city, api_key):
            answer = httpx.get(base, params={"q": city, "appid": api_key}, timeout=9)
            return answer.json()
        """,
        """
        import logging

        import httpx

        logging.basicConfig(level=logging.INFO)

        def weather(base, city, api_key):
            answer = httpx.get(base, params={"q": city}, headers={"x-api-key": api_key}, timeout=9)
            return answer.json()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the secrets that requests of the module carry in URLs which are logged."""
        module = self.module
        if module.is_test or is_terminal_program(module) or is_example(module):
            return
        levels: dict[str, Level | None] = {}
        for found in query_secrets(module):
            library = (module.callee(found.call) or "").partition(".")[0]
            logger = LOGGING_URLS.get(library, "")
            if logger and logger not in levels:
                levels[logger] = shows_records_of(self.project, module, logger)
            level = levels.get(logger)
            if level is None:
                self.passed(found.node)
                continue
            self.report(
                found.node,
                secret=module.text(found.secret),
                library=library,
                where=f"{level.file}:{level.line}",
                logger=logger,
            )
