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
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.queries import statement_parts
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

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
    and so are URLs that are put together on the spot without a user.

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
            if self._has_no_password(value) or not says_anything(self.project, _SERVERS):
                continue
            if self._is_doubled(value):
                self.passed(call)
            else:
                self.report(call, url=module.text(value, 40))

    def _is_doubled(self, value: ast.expr) -> bool:
        """Whether something doubles the percent signs of a text: here, in a function, or where it comes from."""
        module = self.module
        for number, part in enumerate(statement_parts(module, value)):
            if number > _MOST_PARTS:
                return True
            if isinstance(part, (ast.Name, ast.Attribute)) and "escape" in last_name(part).lower():
                return True
            if isinstance(part, ast.Call):
                # What has been read from such a configuration is another one's doing.
                function = self._called(part)
                if _doubles(part) or last_name(part) in _READING:
                    return True
                if function is not None and any(_doubles(node) for node in ast.walk(function)):
                    return True
            elif isinstance(part, ast.Attribute) and says_anything(self.project, _doubling_property(part.attr)):
                return True
        around = module.function_of(value)
        if not isinstance(value, ast.Name) or not isinstance(around, _FUNCTIONS):
            return False
        if {binding.kind for binding in module.bindings(value)} != {BindingKind.PARAMETER}:
            return False
        return any(
            given is not None and any(_doubles(part) for part in statement_parts(caller.module, given))
            for caller, given in given_by_every_caller(self.project, module, around, value.id)
        )

    def _called(self, call: ast.Call) -> FunctionNode | None:
        """The function of the project that a call runs."""
        module = self.module
        local = module.function_behind(call.func)
        callee = module.callee(call)
        if local is not None or callee is None:
            return local
        found = function_named(self.project, module, callee)
        return found.function if found is not None else None

    def _has_no_password(self, value: ast.expr) -> bool:
        """Whether a URL is put together here, or by a function that is called, of a file or without a user."""
        made = [one for one in statement_parts(self.module, value) if isinstance(one, (ast.JoinedStr, ast.BinOp))]
        for call in [one for one in ast.walk(value) if isinstance(one, ast.Call)]:
            function = self._called(call)
            made += [one for one in ast.walk(function) if isinstance(one, ast.JoinedStr)] if function else []
        texts = [text for text in (ast.unparse(one) for one in made) if "://" in text]
        return bool(texts) and not any("@" in text for text in texts)


def _doubling_property(name: str) -> re.Pattern[str]:
    """What a property with some name looks like that doubles percent signs."""
    return re.compile(rf"def {name}\(self\).*:\n(?:.*\n){{0,12}}?.*\.replace\(\s*[\"']%[\"']")


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
