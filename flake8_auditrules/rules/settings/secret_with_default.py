"""AUD701: a secret that has a value when nobody sets it."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import keys
from flake8_auditrules.knowledge.processes import SETTINGS_CLASSES
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.refused_defaults import is_compared, is_empty_elsewhere, is_refused_elsewhere
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.environment import (
    Variable,
    is_for_development,
    settings_read,
    variable,
    variables_read,
)
from flake8_auditrules.semantics.handlers import comment_on
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import has_main_guard, in_main_guard, is_benchmark, is_example
from flake8_auditrules.semantics.secret_names import names_secret, words

# The server's own keys, with which it signs and opens; what else is named a key or token is given to others.
_OWN = (
    ("secret",),
    ("secret", "key"),
    ("password",),
    ("private", "key"),
    ("signing", "key"),
    ("encryption", "key"),
)
# Words of names for what no real installation uses.
_DEVELOPMENT = frozenset({"ci", "debug", "demo", "dev", "development", "local", "test", "testing", "tests"})
# Words of names for where secrets are kept.
_STORES = frozenset({"bucket", "collection", "database", "table"})
# The last word of what says where a service is.
_ADDRESSES = frozenset({("base",), ("endpoint",), ("host",), ("url",)})
# The machine that the program runs on.
_HERE = pattern(r"(?:^|//|@)(?:localhost|127\.0\.0\.1|\[?::1\]?)(?:[:/]|$)")
_NOTHING = frozenset(
    {
        "",
        "-",
        "none",
        "null",
        "nil",
        "empty",
        "dummy",
        "fake",
        "unused",
        "na",
        "n/a",
        "ollama",
        "anonymous",
        "unset",
    }
)
_NO_KEY = pattern(
    r"no[-_ ]?(api[-_ ]?)?key|not[-_ ](needed|set|used|required)|^sk-?(xxx|\.\.\.|1234|no)", re.IGNORECASE
)
_STAND_IN = pattern(
    r"your|xxx|\.\.\.|<|placeholder|replace|change|example|enter|todo|insert|key[-_ ]?here|123456789|dummy|fake"
    r"|^default|0{8}",
    re.IGNORECASE,
)
# A value that waits to be replaced is one until then, though it is written like a name.
_CHANGED = pattern(r"^[A-Z_]*CHANGE_?ME")
_PUBLIC = pattern(
    r"\bnot (?:an? |really |actually )*secret\b|\bpublish-?able\b|\bpublic (?:key|token|value)\b"
    r"|\bsafe to (?:commit|publish|share)\b",
    re.IGNORECASE,
)
_FOR_DEVELOPERS = pattern(
    r"\blocal[- ]?dev|\blocal development|\bfor development|\bdev(?:elopment)? only", re.IGNORECASE
)
# How far above a statement its comment may begin.
_LINES_ABOVE = 3
_NO_VALUE = pattern(
    r"/|\d+ ?/|X-[A-Z]|x-[a-z-]+-(key|token|secret)$"
    r"|.*\.(asc|crt|env|gpg|json|key|pem|txt|ya?ml)$|.* .* .*|\$\{|[A-Z]+(_[A-Z]+)+$|\w+:$"
)


class SecretWithDefault(Rule):
    """
    ## What it does
    Finds secrets read from the environment (also by environs, django-environ, python-decouple or Starlette), or
    declared as fields of pydantic settings, with a default that works: a signing key, a password, a token. Silent
    where the program compares the setting with its default, as one that refuses to start with it does; for an
    access key beside its secret key that has none, for the password of a service that is on this machine by
    default, which the comment above says is for development, and for a key that a file which serves reads without
    a default: what others read is sent to it.

    ## Why it matters
    Where the variable is forgotten the application starts all the same, with a key that everybody who has read
    the code knows. Sessions can be forged and databases opened, and nothing says so.

    ## When to silence it
    When the value protects nothing, as in a demonstration.
    """

    code = "AUD701"
    severity = Severity.CRITICAL
    category = Category.SECURITY
    since = "0.1.0"
    reach = Reach.PROJECT
    call_names = ("get", "getenv")
    message = (
        "`{name}` is `{default}` for everyone when it is not set; read it without a default and fail at the start"
    )
    examined = "secrets in the settings have no usable default"

    bad = (
        """
        import os

        SECRET_KEY = os.getenv("SECRET_KEY", "change-me")  # AUD701
        """,
        """
        from pydantic_settings import BaseSettings

        class Settings(BaseSettings):
            jwt_secret: str = "supersecret"  # AUD701
            debug: bool = False
        """,
    )
    good = (
        """
        import os

        SECRET_KEY = os.environ["SECRET_KEY"]
        """,
        """
        from pydantic_settings import BaseSettings

        class Settings(BaseSettings):
            jwt_secret: str
            debug: bool = False
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report what a library for settings reads with a usable secret as default."""
        if not self.module.is_test:
            for reading in settings_read(self.module):
                self._look_at(reading)

    def visit_Call(self, node: ast.Call) -> None:
        """Report a reading of the environment whose default is a usable secret."""
        module = self.module
        if not module.imports("os") or module.is_test:
            return
        reading = variable(module, node)
        if reading is not None:
            self._look_at(reading)

    def _look_at(self, reading: Variable) -> None:
        if not _is_secret(reading.name) or _is_address(reading.name):
            return
        if reading.default is None:
            self.passed(reading.node)
        else:
            self._check(reading.node, reading.name, reading.default)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Report fields of settings whose default is a usable secret."""
        module = self.module
        if not node.bases or module.is_test or not module.imports("pydantic", "pydantic_settings"):
            return
        if SETTINGS_CLASSES.isdisjoint(module.instances.ancestry(module.definition(node))):
            return
        for statement in node.body:
            if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
                continue
            name = statement.target.id
            if statement.value is not None and _is_secret(name) and not _is_address(name):
                if _compares_default(node, name, statement.value):
                    self.passed(statement)
                    continue
                self._check(statement, name, _default(module, statement.value))

    def _check(self, node: ast.AST, name: str, default: ast.expr | None) -> None:
        module = self.module
        value = module.literal(default) if default is not None else None
        if (
            not isinstance(value, str)
            or not _is_usable(name, value)
            or not _DEVELOPMENT.isdisjoint(words(name))
            or _is_of_store(name)
            or is_for_development(module, node)
            or in_main_guard(module, node)
            or is_example(module)
            or _is_client(module)
            or _is_looked_at(module, value, default)
            or _is_of_own_server(module, node)
            or _is_public_half(module, node, name)
            or _is_for_here(module, node, name)
            or (_names_itself(name, value) and _is_for_another(module, name))
            or _is_name_in_store(name, value)
            or _is_said_to_be_public(module, node, default)
            or (isinstance(node, ast.AnnAssign) and is_refused_elsewhere(self.project, module, name, value))
            or (not _is_own(name) and is_empty_elsewhere(self.project, module, name))
        ):
            self.passed(node)
        else:
            self.report(node, name=name, default=f'"{_shortened(value)}"')


def _is_secret(name: str) -> bool:
    """Whether a setting is a secret by its name, also one by which others are verified (`VERIFY_TOKEN`)."""
    return names_secret("_".join(word for word in words(name) if word != "verify"))


def _is_address(name: str) -> bool:
    return words(name)[-1:] in (("url",), ("uri",), ("dsn",), ("string",))


def _is_of_store(name: str) -> bool:
    """Whether `MONGODB_COLLECTION_TOKEN` names what tokens are kept in; `DATABASE_PASSWORD` opens a store."""
    return not _STORES.isdisjoint(words(name)) and not _is_own(name)


def _is_own(name: str) -> bool:
    """Whether a name is that of a key or password with which a server opens what is its own."""
    said = words(name)
    return any(said[-len(ending) :] == ending for ending in _OWN)


def _is_public_half(module: Module, node: ast.AST, name: str) -> bool:
    """
    Whether a key goes with a secret one that has no default, as `S3_ACCESS_KEY` with `S3_SECRET_KEY`.

    It is a user's name then.
    """
    said = words(name)
    if said[-2:] != ("access", "key") or "secret" in said:
        return False
    return any(
        not value and (*said[:-2], *ending) == words(other)
        for other, value in _settings_beside(module, node)
        for ending in (("secret", "key"), ("secret", "access", "key"), ("access", "secret"))
    )


def _is_for_here(module: Module, node: ast.AST, name: str) -> bool:
    """
    Whether a password is for a service that is on this machine by default (`DB_HOST`), and the comment above the
    settings says that this is for development.
    """
    said = words(name)
    if said[-1:] != ("password",) or len(said) < 2:
        return False
    line = first = module.statement(node).lineno
    while first > 1 and module.lines[first - 2].strip():
        first -= 1
    return _FOR_DEVELOPERS.search(comment_on(module, first, line)) is not None and any(
        words(other)[:-1] == said[:-1]
        and words(other)[-1:] in _ADDRESSES
        and isinstance(value, str)
        and _HERE.search(value) is not None
        for other, value in _settings_beside(module, node)
    )


def _settings_beside(module: Module, node: ast.AST) -> list[tuple[str, object]]:
    """The settings that stand beside one, in its class or among the module's readings, with their defaults."""
    holder = module.parent(node)
    if isinstance(node, ast.AnnAssign) and isinstance(holder, ast.ClassDef):
        return [
            (statement.target.id, _literal_default(module, statement.value))
            for statement in holder.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        ]
    return [
        (reading.name, module.literal(reading.default) if reading.default is not None else None)
        for reading in variables_read(module)
    ]


def _literal_default(module: Module, value: ast.expr | None) -> object:
    default = _default(module, value) if value is not None else None
    return module.literal(default) if default is not None else None


def _default(module: Module, value: ast.expr) -> ast.expr | None:
    """The default of a field: written out, in `Field(...)`, in `SecretStr(...)`."""
    if not isinstance(value, ast.Call):
        return value
    callee = (module.callee(value) or "").rpartition(".")[2]
    if callee == "Field":
        inner = module.argument(value, "default", 0)
        return _default(module, inner) if inner is not None else None
    if callee in ("SecretStr", "SecretBytes"):
        return value.args[0] if value.args else None
    return None


def _is_usable(name: str, value: str) -> bool:
    """Whether a default can be used as the secret that the name speaks of."""
    if value.startswith(keys.PUBLISHABLE):
        return False
    plain = value.strip()
    if plain.lower() in _NOTHING or _NO_KEY.search(plain):
        return False
    if _NO_VALUE.match(plain) and not _CHANGED.search(plain):
        return False
    parts = words(name)
    if _is_own(name) and parts[-2:] != ("client", "secret"):
        return True
    said = words(plain)
    return _STAND_IN.search(plain) is None and parts[-len(said) :] != said


def _is_of_own_server(module: Module, node: ast.AST) -> bool:
    """
    Whether a key is given to a client, or set down, together with an address, or stands in for the one that the
    client's maker may give: a server of one's own asks for any key.
    """
    holder = module.parent(node)
    if isinstance(holder, ast.BoolOp) and isinstance(holder.op, ast.Or):
        first = holder.values[0]
        return first is not node and words(last_name(first))[-2:] == ("api", "key")
    names: list[str] = []
    own = ""
    if isinstance(holder, ast.Dict) and node in holder.values:
        keys_of = [key.value if isinstance(key, ast.Constant) else "" for key in holder.keys]
        names = [str(key) for key in keys_of]
        own = names[holder.values.index(node)]
    elif isinstance(holder, ast.keyword):
        call = module.parent(holder)
        names = [other.arg or "" for other in call.keywords] if isinstance(call, ast.Call) else []
        own = holder.arg or ""
    return words(own)[-2:] == ("api", "key") and any(words(name)[-1:] in _ADDRESSES for name in names)


def _names_itself(name: str, value: str) -> bool:
    """Whether a default only repeats the variable's name: nobody lets it in anywhere."""
    return words(name) == words(value)


def _is_name_in_store(name: str, value: str) -> bool:
    """Whether a store keeps the secret under that name: `signing_key_secret = "shop-signing-key"`."""
    kept, said = words(name)[:-1], words(value)
    return words(name)[-1:] == ("secret",) and len(kept) > 1 and said[-len(kept) :] == kept


def _is_for_another(module: Module, name: str) -> bool:
    """Whether the module reads where a service is that the secret is for: a variable of the same first word."""
    first = words(name)[:1]
    for call in (*module.calls_by_name().get("getenv", ()), *module.calls_by_name().get("get", ())):
        reading = variable(module, call)
        if reading is not None and words(reading.name)[:1] == first and words(reading.name)[-1:] in _ADDRESSES:
            return True
    return False


def _is_looked_at(module: Module, value: str, default: ast.expr | None) -> bool:
    """Whether the module compares something with the default elsewhere: to refuse it, or to warn."""
    if is_compared(module, value, but=default):
        return True
    return isinstance(default, ast.Name) and any(
        isinstance(node, ast.Name) and node.id == default.id
        for compare in module.nodes(ast.Compare)
        for node in ast.walk(compare)
    )


def _is_said_to_be_public(module: Module, node: ast.AST, default: ast.expr | None) -> bool:
    """Whether a comment above the reading, or above the constant that is its default, lets all know it."""
    places = [module.statement(node)]
    if isinstance(default, ast.Name):
        places += [module.statement(binding.site) for binding in module.bindings(default)]
    return any(
        _PUBLIC.search(comment_on(module, max(1, place.lineno - _LINES_ABOVE), place.lineno)) is not None
        for place in places
    )


def _is_client(module: Module) -> bool:
    """Whether a module is a program that only calls a server: a load test, a measurement, a script beside it."""
    folder = module.path.replace("\\", "/").split("/")[-2:-1]
    return module.imports("locust") or is_benchmark(module) or (folder == ["scripts"] and has_main_guard(module))


def _shortened(value: str) -> str:
    return value if len(value) <= 12 else f"{value[:9]}..."


def _compares_default(settings: ast.ClassDef, name: str, default: ast.expr) -> bool:
    """Whether a method of the settings compares the field with its default, or hands both to what does."""
    shown = ast.dump(default)
    return any(
        isinstance(part, (ast.Call, ast.Compare))
        and any(isinstance(one, ast.Attribute) and one.attr == name for one in ast.walk(part))
        and any(isinstance(one, (ast.Name, ast.Constant)) and ast.dump(one) == shown for one in ast.walk(part))
        for method in settings.body
        if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef))
        for part in ast.walk(method)
    )
