"""AUD708: a password that is put into a URL as it is."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import given_by_every_caller
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.raw_passwords import is_fit, url_passwords
from flake8_auditrules.semantics.scopes import BindingKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class RawUrlPassword(Rule):
    """
    ## What it does
    Finds URLs that are put together from a user and a password which nothing has quoted:
    `f"postgresql://{user}:{password}@{host}/{name}"`, also with `+` and `format`.

    Silent where the password is quoted (`quote`, `quote_plus`, a name such as `encoded_password`), made of letters
    and digits (`secrets.token_hex`) or written out, where a caller quotes it, and where the text is only shown.

    ## Why it matters
    Whoever chooses a good password chooses signs that mean something in a URL. With `@` in it SQLAlchemy takes
    what follows for the host: the connection fails, and a part of the password stands in the error and in the
    queries to the name server. With `/`, `#` or `?` redis-py and kombu fail with a ValueError about the port; a
    `%` changes the password, and who logs in is turned away.

    ## When to silence it
    When the program makes the passwords itself, without such signs.
    """

    code = "AUD708"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    reach = Reach.PROJECT
    message = "`{password}` goes raw into the URL, where `@`, `/`, `#` or `%` in it change the meaning; {cure}"
    examined = "passwords in URLs are quoted"

    bad = (
        """
        import os

        from sqlalchemy import make_url

        def database():
            user, password = os.environ["DB_USER"], os.environ["DB_PASSWORD"]
            host = os.environ["DB_HOST"]
            return make_url(f"postgresql://{user}:{password}@{host}/shop")  # AUD708
        """,
        """
        import redis

        def cache(settings):
            return redis.from_url(f"redis://{settings.user}:{settings.password}@{settings.host}/0")  # AUD708
        """,
    )
    good = (
        """
        import os

        from sqlalchemy import URL

        def database():
            user, password = os.environ["DB_USER"], os.environ["DB_PASSWORD"]
            return URL.create("postgresql", user, password, os.environ["DB_HOST"], database="shop")
        """,
        """
        from urllib.parse import quote

        import redis

        def cache(settings):
            password = quote(settings.password, safe="")
            return redis.from_url(f"redis://{settings.user}:{password}@{settings.host}/0")
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the URLs of the module with a password that nothing has quoted."""
        module = self.module
        if module.is_test or is_example(module):
            return
        cure = 'use `quote(..., safe="")`'
        if module.imports("sqlalchemy", "sqlmodel"):
            cure = f"{cure} or `URL.create`"
        told: set[tuple[ast.stmt | None, str]] = set()
        for found in url_passwords(module):
            # A table of URLs for several databases is one place.
            place = (module.statement(found.url), module.source(found.password))
            if place in told:
                continue
            told.add(place)
            if not found.is_raw or self._is_quoted_by_caller(found.password):
                self.passed(found.url)
            else:
                self.report(found.url, password=module.text(found.password, 40), cure=cure)

    def _is_quoted_by_caller(self, password: ast.expr) -> bool:
        """Whether a password is a parameter for which a caller gives a quoted one."""
        module = self.module
        if not isinstance(password, ast.Name):
            return False
        function = module.function_of(password)
        if not isinstance(function, _FUNCTIONS):
            return False
        if {binding.kind for binding in module.bindings(password)} != {BindingKind.PARAMETER}:
            return False
        return any(
            value is not None and (is_fit(value) or "quot" in last_name(value) or "encod" in last_name(value))
            for _, value in given_by_every_caller(self.project, module, function, password.id)
        )
