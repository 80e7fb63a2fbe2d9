"""AUD918: a setting that is read past the settings."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge.processes import SETTINGS_CLASSES
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.environment import Variable, variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_command_line


class SettingBypassed(Rule):
    """
    ## What it does
    Finds environment variables that are read by hand, in modules that have the project's settings object at hand
    and of which that object has a field of the same name.

    ## Why it matters
    The field is checked, converted and has a default; the variable is a text, or missing. What the `.env` file
    says counts for the one and not for the other, so that a part of the program runs with another value.

    ## When to silence it
    When the variable has to be read before the settings exist. A statement that reads the field too, and the
    modules of a command line, are silent as they are.
    """

    code = "AUD918"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{reading}` goes past the settings, which have this field; use `{field}`"
    examined = "variables that settings do not have are read by hand alone"
    imports = ("os",)
    reach = Reach.CALLEES

    bad = (
        """
        # file: shop/settings.py
        from pydantic_settings import BaseSettings

        class Settings(BaseSettings):
            broker_url: str = "redis://localhost/0"

        settings = Settings()

        # file: shop/worker.py
        import os

        from shop.settings import settings

        def connect():
            return settings.broker_url

        def broker():
            return os.getenv("BROKER_URL")  # AUD918
        """,
    )
    good = (
        """
        # file: shop/settings.py
        from pydantic_settings import BaseSettings

        class Settings(BaseSettings):
            broker_url: str = "redis://localhost/0"

        settings = Settings()

        # file: shop/worker.py
        import os

        from shop.settings import settings

        def broker():
            return settings.broker_url

        def host():
            return os.getenv("HOSTNAME")
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the variables that the module reads although it has the settings."""
        module = self.module
        if module.is_test or is_command_line(module):
            return
        held = dict(_imported_settings(module))
        if not held:
            return
        for reading in _readings(module):
            found = [(name, _field(module, class_name, reading.name)) for name, class_name in held.items()]
            fields = [f"{name}.{field}" for name, field in found if field is not None]
            # A statement may read both, so that one says what the other does not.
            if not fields or fields[0] in module.source(module.statement(reading.node)):
                self.passed(reading.node)
            else:
                self.report(reading.node, reading=module.text(reading.node, 50), field=fields[0])


def _readings(module: Module) -> Iterator[Variable]:
    """The readings of variables whose names are written out."""
    for call in module.calls_named("get", "getenv"):
        found = variable(module, call)
        if found is not None:
            yield found
    for subscript in module.nodes(ast.Subscript):
        found = variable(module, subscript)
        if found is not None:
            yield found


def _imported_settings(module: Module) -> Iterator[tuple[str, str]]:
    """The settings objects that a module imports: the names that it gives them, and their classes."""
    for statement in module.nodes(ast.ImportFrom):
        for alias in statement.names:
            name = alias.asname or alias.name
            if "setting" not in name.lower() and "config" not in name.lower():
                continue
            held = module.elsewhere.variable_class(module.names.imported(alias))
            if held is not None and not SETTINGS_CLASSES.isdisjoint(module.instances.ancestry(held)):
                yield name, held


def _field(module: Module, class_name: str, variable_name: str) -> str | None:
    """The field of a settings class that a variable fills: names are compared without regard to case."""
    for name in (variable_name, variable_name.lower()):
        if module.elsewhere.attribute_class(class_name, name) is not None:
            return name
    return None
