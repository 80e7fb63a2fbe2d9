"""AUD704: the truth of a text from the environment taken for a yes."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.environment import Variable, is_set_here, variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.secret_names import words

# What a switch is called by its first word, also behind the program's own name: `SHOP_SKIP_CHECKS`.
_FLAG_FIRST = frozenset({"allow", "disable", "enable", "force", "skip", "use"})
_FLAG_LAST = frozenset({"disabled", "enabled"})
# What a switch is called; where only its truth is tested (`if os.getenv("DEBUG")`), its presence may be meant.
_CONVERTED = frozenset(
    {
        "allow", "debug", "development", "disabled", "dry", "enable", "enabled", "is", "production", "reload",
        "strict", "testing", "use", "verbose",
    }
)  # fmt: skip
_FLAG_VALUES = frozenset({"true", "false", "0", "1", "yes", "no", "on", "off", "t", "f"})


# What stands before such a word where the variable is a switch all the same: `SKIP_CONFIG`.
_SWITCHING = frozenset({"disable", "enable", "ignore", "no", "skip", "use"})
_VALUE_LAST = frozenset(
    {
        "cli", "conf", "config", "dir", "file", "host", "id", "key", "name", "pass", "password", "path", "port",
        "ref", "secret", "sha", "token", "uri", "url", "user", "username", "version",
    }
)  # fmt: skip


# What else is called by what is done with it: `FORCE_MODEL`, `ALLOW_FROM`.
_FORCED = frozenset(
    {
        "backend", "count", "days", "device", "from", "hosts", "ids", "ips", "lang", "language", "level", "list",
        "mode", "model", "names", "origins", "paths", "patterns", "platform", "provider", "users",
    }
)  # fmt: skip
# What the system, a terminal or a platform sets for every program: its presence is what it says.
_PRESENT = frozenset(
    {
        "COLORTERM", "CONDA_PREFIX", "DISPLAY", "FORCE_COLOR", "INVOCATION_ID", "KUBERNETES_SERVICE_HOST",
        "NOTIFY_SOCKET", "NO_COLOR", "READTHEDOCS", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "TERM", "TMUX",
        "VIRTUAL_ENV",
        "WAYLAND_DISPLAY",
    }
)  # fmt: skip
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class EnvBool(Rule):
    """
    ## What it does
    Finds `bool(os.getenv(...))`, and tests of an environment variable's truth, where the variable is a switch by
    its default (`"false"`, `False`, `"0"`, in `bool(...)` also the number 0) or its name (`USE_CACHE`,
    `SHOP_SKIP_CHECKS`, `METRICS_ENABLED`; in `bool(...)` also `DEBUG`, `VERBOSE` and the like), also where a name
    keeps the text. Silent where the module reads the variable's text at another place.

    ## Why it matters
    Every text but the empty one is true: `DEBUG=false` and `DEBUG=0` turn debugging on.

    ## When to silence it
    When the variable's presence is what counts, whatever its value is.
    """

    code = "AUD704"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    call_names = ("get", "getenv")
    imports = ("os",)
    message = "`{test}` is true for `{name}=false` too; compare with the texts that mean yes"
    examined = "switches read from the environment are compared with texts"

    bad = (
        """
        import os

        def settings():
            return {"debug": bool(os.getenv("DEBUG", "false"))}  # AUD704
        """,
        """
        import os

        def engine(fast, slow):
            if os.environ.get("USE_CACHE"):  # AUD704
                return fast
            return slow
        """,
    )
    good = (
        """
        import os

        def settings():
            return {"debug": os.getenv("DEBUG", "false").lower() in ("1", "true", "yes")}
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a reading whose truth is what is used."""
        module = self.module
        if module.is_test:
            return
        reading = variable(module, node)
        if reading is None:
            return
        test = _truth_taken(module, node) or _truth_of_name(module, node, reading)
        if not _is_switch(reading, test is not None and test is not node):
            return
        if test is None or is_set_here(module, reading.name) or _is_read_as_text(module, node, reading.name):
            self.passed(node)
        else:
            self.report(test, test=module.text(test), name=reading.name)


def _is_switch(reading: Variable, is_converted: bool) -> bool:
    """Whether a variable is a switch by its default or its name, which says more where it is made a `bool`."""
    if reading.name.startswith("_") or "__" in reading.name or reading.name in _PRESENT:
        # Underscores mark what a program sets for its own subprocesses.
        return False
    parts = words(reading.name)
    if parts and parts[-1] in _VALUE_LAST and _SWITCHING.isdisjoint(parts):
        # A text of which only the presence is asked here; elsewhere it is used as what it is.
        return False
    default = reading.default.value if isinstance(reading.default, ast.Constant) else None
    if isinstance(default, bool) or (isinstance(default, str) and default.lower() in _FLAG_VALUES):
        return True
    if default in (0, 1) and (is_converted or not _CONVERTED.isdisjoint(parts) or _is_named_switch(parts)):
        # A number that is none: `bool(os.environ.get("DEBUG", 0))`.
        return True
    if reading.default is not None and default not in (None, ""):
        return False
    if is_converted and not _CONVERTED.isdisjoint(parts):
        return True
    return _is_named_switch(parts)


def _is_named_switch(parts: tuple[str, ...]) -> bool:
    """Whether a variable is a switch by its name alone: `SKIP_CHECKS`, `SHOP_USE_CACHE`."""
    if not parts or "pytest" in parts or parts[-1] in _FORCED or parts[-1] in _VALUE_LAST:
        return False
    if parts[-1] in _FLAG_LAST or (len(parts) > 1 and parts[0] in _FLAG_FIRST):
        return True
    return len(parts) > 2 and parts[1] in _FLAG_FIRST


def _is_read_as_text(module: Module, node: ast.Call, name: str) -> bool:
    """Whether the module reads the variable at another place for what it says: `os.getenv("DEBUG") != "0"`."""
    for constant in module.nodes(ast.Constant):
        other = module.parent(constant) if constant.value == name else None
        if other is node or not isinstance(other, (ast.Call, ast.Subscript)) or variable(module, other) is None:
            continue
        if _truth_taken(module, other) is None and not isinstance(
            module.parent(other), (ast.Assign, ast.AnnAssign)
        ):
            return True
    return False


def _truth_of_name(module: Module, node: ast.Call, reading: Variable) -> ast.expr | None:
    """
    The reading of a switch, where the name that holds it is only tested for its truth.

    A setting that the module itself never reads (`CORS_ENABLED = os.getenv("CORS_ENABLED", False)`) counts where
    the default is a bool.
    """
    default = reading.default.value if isinstance(reading.default, ast.Constant) else None
    statement = module.parent(node)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return None
    target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
    if not isinstance(target, ast.Name) or len(module.bindings(target)) != 1:
        return None
    uses = loads(module, target.id)
    if uses:
        return node if all(_truth_taken(module, use) is not None for use in uses) else None
    if not isinstance(default, bool):
        return None
    parts = words(target.id)
    is_setting = target.id.isupper() and not _CONVERTED.isdisjoint((*parts, *words(reading.name)))
    return node if is_setting and not isinstance(module.function_of(node), _FUNCTIONS) else None


def _truth_taken(module: Module, node: ast.expr) -> ast.expr | None:
    """The expression in which the truth of a text decides: `bool(...)`, a test, `not`."""
    parent = module.parent(node)
    if isinstance(parent, ast.Call) and module.qualname(parent.func) == "builtins.bool":
        return parent
    child: ast.expr = node
    if isinstance(parent, ast.BoolOp) and any(last_name(one) == "TYPE_CHECKING" for one in parent.values):
        # Who reads the code to check its types or to document it sets the variable itself.
        return None
    while isinstance(parent, (ast.BoolOp, ast.UnaryOp)):
        if isinstance(parent, ast.UnaryOp):
            # What `not` gives is a bool, wherever it goes.
            return node if isinstance(parent.op, ast.Not) else None
        child, parent = parent, module.parent(parent)
    if isinstance(parent, (ast.If, ast.IfExp, ast.While, ast.Assert)) and parent.test is child:
        return node
    return None
