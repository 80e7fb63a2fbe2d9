"""AUD709: a database URL that Alembic's configuration gets as it is, where a `%` is no plain sign."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.project.callers import given_by_every_caller
from flake8_auditrules.project.definitions import function_named
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.engines import url_text
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.queries import statement_parts
from flake8_auditrules.semantics.scopes import BindingKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What a project speaks of whose database may be a server: a URL of SQLite has no password.
_SERVERS = pattern(r"postgres|psycopg|asyncpg|mysql|mariadb|mssql|oracle(?:db|\+)|cockroach", re.IGNORECASE)
_SETTING = {"set_main_option": 1, "set_section_option": 2}
_READING = frozenset({"get_main_option", "get_section", "get_section_option"})
_MOST_PARTS = 400


class RawAlembicUrl(Rule):
    """
    ## What it does
    Finds `config.set_main_option("sqlalchemy.url", url)` of Alembic where the URL comes from a setting, an engine
    or a caller and nothing doubles its percent signs. Projects that speak of no database server are left alone,
    and so are URLs of SQLite that are put together on the spot.

    ## Why it matters
    The configuration is one of `configparser`, to which `%` begins a reference. A password with a special sign has
    one in a URL (`p%40ss`), and then each migration ends in "ValueError: invalid interpolation syntax", with the
    password in the text of the exception.

    ## When to silence it
    When no password of the database will ever have a special sign.
    """

    code = "AUD709"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    reach = Reach.PROJECT
    imports = ("alembic",)
    message = '`{url}` with a `%` in it, as in a quoted password, is refused here; use `.replace("%", "%%")`'
    examined = "URLs that Alembic's configuration gets have their percent signs doubled"

    bad = (
        """
        import os

        from alembic.config import Config

        def migrations():
            # Installations have postgresql:// here.
            config = Config()
            config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"])  # AUD709
            return config
        """,
    )
    good = (
        """
        import os

        from alembic.config import Config

        def migrations():
            # Installations have postgresql:// here.
            config = Config()
            config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"].replace("%", "%%"))
            return config
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the URLs that the module writes into Alembic's configuration as they are."""
        module = self.module
        if module.is_test or is_example(module):
            return
        for call in module.calls_named(*_SETTING):
            place = _SETTING[last_name(call)]
            names = [module.literal(one) for one in call.args[:place]]
            value = module.argument(call, "value", place)
            if value is None or not names or not str(names[-1]).endswith("url"):
                continue
            if isinstance(value, ast.Constant) or (url_text(module, value) or "").startswith("driver:"):
                continue
            if _is_file_made_here(module, value) or not says_anything(self.project, _SERVERS):
                continue
            if self._is_doubled(value):
                self.passed(call)
            else:
                self.report(call, url=module.text(value, 40))

    def _is_doubled(self, value: ast.expr, hops: int = 0) -> bool:
        """Whether something doubles the percent signs of a text: here, in a function, or where it comes from."""
        module = self.module
        for number, part in enumerate(statement_parts(module, value)):
            if number > _MOST_PARTS:
                return True
            if isinstance(part, (ast.Name, ast.Attribute)) and "escape" in last_name(part).lower():
                return True
            if isinstance(part, ast.Call):
                # What has been read from such a configuration is another one's doing.
                if _doubles(part) or last_name(part) in _READING or self._calls_doubling(part):
                    return True
        function = module.function_of(value)
        if not isinstance(value, ast.Name) or not isinstance(function, _FUNCTIONS):
            return False
        if {binding.kind for binding in module.bindings(value)} != {BindingKind.PARAMETER}:
            return False
        return any(
            given is not None and any(_doubles(part) for part in statement_parts(caller.module, given))
            for caller, given in given_by_every_caller(self.project, module, function, value.id)
        )

    def _calls_doubling(self, call: ast.Call) -> bool:
        """Whether a call runs a function of the project that doubles percent signs."""
        module = self.module
        local = module.function_behind(call.func)
        callee = module.callee(call)
        found = function_named(self.project, module, callee) if local is None and callee is not None else None
        body = local or (found.function if found is not None else None)
        return body is not None and any(_doubles(node) for node in ast.walk(body))


def _doubles(node: ast.AST) -> bool:
    """Whether a node is `text.replace("%", "%%")`."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "replace"
        and len(node.args) == 2
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value == "%"
    )


def _is_file_made_here(module: Module, value: ast.expr) -> bool:
    """Whether a URL is one of SQLite that is put together here: it has the path of a file and no password."""
    written = next(
        (one for one in statement_parts(module, value) if isinstance(one, (ast.JoinedStr, ast.BinOp))), None
    )
    return written is not None and "sqlite" in module.source(written)
