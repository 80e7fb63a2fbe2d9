"""AUD614: a check with `$`, which lets a newline at the end through."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.project.asking_callers import callers_ask
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.environment import variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PATHS = frozenset(
    {"pathlib.Path", "pathlib.PurePath", "os.path.join", "builtins.open", "os.remove", "os.makedirs"}
)
_ASKING = frozenset({"exists", "is_dir", "is_file", "isdir", "isfile"})
_MISSING = frozenset({"FileNotFoundError", "OSError", "IOError"})
# Questions to which a text with a newline at its end answers no.
_CLOSED = frozenset({"isalnum", "isalpha", "isdecimal", "isdigit", "isidentifier", "isnumeric"})
_STATEMENTS = frozenset({"execute", "executemany", "text", "exec_driver_sql", "raw"})
_REQUESTS = frozenset({"get", "post", "put", "patch", "delete", "request", "urlopen"})


class ValidatorRegex(Rule):
    """
    ## What it does
    Finds names and ids that are checked with `re.match` or `re.search` against a pattern that ends in `$`, and
    then go into a path, a URL or an SQL text in the same function. Silent where all callers have asked the text by
    `isidentifier()` or the like, which a newline does not pass, and where newlines have been refused before.

    ## Why it matters
    `$` also matches before a newline at the end: `re.match(r"^[a-z]+$", "abc\\n")` is a match. The newline goes on
    into a file name, a header or a statement that was believed to be clean.

    ## When to silence it
    When the value is stripped of white space later.
    """

    code = "AUD614"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    since = "0.1.0"
    call_names = ("match", "search")
    imports = ("re", "regex")
    message = "`{check}` lets a newline at the end of `{name}` through, which line {line} uses; use `fullmatch`"
    examined = "checks with `match` and `$` guard nothing that is used later"
    reach = Reach.PROJECT

    bad = (
        r"""
        import re
        from pathlib import Path

        def profile_of(folder, name):
            if not re.match(r"^[a-z0-9_]+$", name):  # AUD614
                raise ValueError("not a name")
            return Path(folder) / f"{name}.json"
        """,
    )
    good = (
        r"""
        import re
        from pathlib import Path

        def profile_of(folder, name):
            if not re.fullmatch(r"[a-z0-9_]+", name):
                raise ValueError("not a name")
            return Path(folder) / f"{name}.json"
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a check that is not one for the end."""
        module = self.module
        if module.is_test:
            return
        subject = _subject(module, node)
        function = module.function_of(node)
        if subject is None or not isinstance(function, _FUNCTIONS) or not _guards(module, node):
            return
        if _ends_otherwise(module, function, subject) or _is_refused_before(module, function, node, subject):
            self.passed(node)
            return
        line = _used_after(module, function, subject, node.lineno)
        if line and not callers_ask(self.project, module, function, subject, _CLOSED):
            self.report(node, check=module.text(node, 50), name=subject, line=str(line))
        else:
            self.passed(node)


def _asked(module: Module, call: ast.Call) -> tuple[str, ast.Name, ast.expr | None] | None:
    """The pattern that a call asks a variable for, the variable, and the flags of the pattern."""
    callee = module.callee(call)
    if callee in ("re.match", "re.search"):
        pattern = module.argument(call, "pattern", 0)
        subject = module.argument(call, "string", 1)
        flags = module.argument(call, "flags", 2)
    elif isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        bindings = module.bindings(call.func.value)
        made = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
        if not isinstance(made, ast.Call) or module.callee(made) != "re.compile":
            return None
        pattern = module.argument(made, "pattern", 0)
        subject = module.argument(call, "string", 0)
        flags = module.argument(made, "flags", 1)
    else:
        return None
    text = module.literal(pattern) if pattern is not None else None
    return (text, subject, flags) if isinstance(text, str) and isinstance(subject, ast.Name) else None


def _subject(module: Module, call: ast.Call) -> str | None:
    """The name of the variable that is checked by a pattern whose end is an open `$`."""
    asked = _asked(module, call)
    if asked is None:
        return None
    text, subject, flags = asked
    if flags is not None and "M" in module.source(flags).rpartition(".")[2]:
        return None
    if last_name(call) == "search" and not text.startswith("^"):
        return None
    return subject.id if _lets_newline_through(text) else None


def _is_refused_before(module: Module, function: FunctionNode, check: ast.Call, name: str) -> bool:
    """Whether control has left where there is a newline: `if re.search(r"[\x00-\x1f]", name): raise ...`."""
    around = set(module.ancestors(check))
    for use in module.names_in(function).get(name, ()):
        asking = module.parent(use)
        if use.lineno >= check.lineno or not isinstance(asking, (ast.Call, ast.Compare)):
            continue
        if not _finds_newlines(module, asking, use):
            continue
        test: ast.AST | None = asking
        holder = module.parent(asking)
        if isinstance(holder, ast.BoolOp) and isinstance(holder.op, ast.Or):
            test, holder = holder, module.parent(holder)
        if (
            isinstance(holder, ast.If)
            and holder.test is test
            and isinstance(holder.body[-1], (ast.Return, ast.Raise, ast.Continue))
            and module.parent(holder) in around
            and holder not in around
        ):
            return True
    return False


def _finds_newlines(module: Module, asking: ast.Call | ast.Compare, name: ast.Name) -> bool:
    """Whether a question to a text is true wherever there is a newline in it."""
    if isinstance(asking, ast.Compare):
        return (
            isinstance(asking.left, ast.Constant)
            and asking.left.value == "\n"
            and isinstance(asking.ops[0], ast.In)
            and asking.comparators == [name]
        )
    asked = _asked(module, asking) if last_name(asking) == "search" else None
    if asked is None or asked[2] is not None:
        return False
    try:
        # What stands around the newline must not matter.
        return re.fullmatch(asked[0], "\n") is not None
    except (re.error, RecursionError, OverflowError):
        return False


def _lets_newline_through(pattern: str) -> bool:
    """Whether the pattern's last sign is a `$` that is no escaped one, and the pattern compiles."""
    if not pattern.endswith("$") or pattern.endswith("\\$"):
        return False
    try:
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return not compiled.flags & re.MULTILINE


def _ends_otherwise(module: Module, function: FunctionNode, name: str) -> bool:
    """Whether the text has no newline at its end: white space taken off, an end of its own, one of known ones."""
    for node in module.names_in(function).get(name, ()):
        if _leaves_unless_known(module, node) or _is_resolved_and_tested(module, node):
            return True
        binding = module.names.binding(node) if isinstance(node.ctx, ast.Store) else None
        value = binding.value if binding is not None else None
        if value is not None and variable(module, value) is not None:
            # The operator's own setting.
            return True
        if isinstance(value, ast.Call) and module.callee(value) in ("os.listdir", "os.scandir"):
            # The name of a file that is there.
            return True
        if isinstance(value, ast.JoinedStr):
            last = value.values[-1] if value.values else None
            if isinstance(last, ast.Constant) or (
                isinstance(last, ast.FormattedValue) and isinstance(last.value, ast.Call)
            ):
                return True
        while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            # `ask("name").strip().lower()`
            if value.func.attr in ("strip", "rstrip", "splitlines") and _takes_line_ends(value):
                return True
            value = value.func.value
    return False


def _takes_line_ends(call: ast.Call) -> bool:
    """Whether `strip` and the like take white space off, and not some other signs."""
    signs = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    return not isinstance(signs, str) or "\n" in signs


def _is_resolved_and_tested(module: Module, name: ast.Name) -> bool:
    """Whether the path that the text is put into is tested to be below its folder."""
    statement = module.statement(name)
    path = statement.targets[0] if isinstance(statement, ast.Assign) else None
    function = module.function_of(name)
    return (
        isinstance(path, ast.Name)
        and isinstance(function, _FUNCTIONS)
        and any(
            isinstance(test := module.parent(use), ast.Attribute) and test.attr == "is_relative_to"
            for use in module.names_in(function).get(path.id, ())
        )
    )


def _leaves_unless_known(module: Module, name: ast.Name) -> bool:
    """Whether control leaves where the text is none of known ones: `if name not in NAMES: return None`."""
    compared = module.parent(name)
    if not isinstance(compared, ast.Compare) or name is not compared.left:
        return False
    test = module.parent(compared)
    return (
        isinstance(compared.ops[0], ast.NotIn)
        and isinstance(test, ast.If)
        and isinstance(test.body[-1], (ast.Return, ast.Raise, ast.Continue))
    )


def _guards(module: Module, call: ast.Call) -> bool:
    """Whether control leaves the function when the check fails."""
    statement = module.statement(call)
    if not isinstance(statement, ast.If):
        return False
    test: ast.AST = call
    negated = False
    while test is not statement.test:
        parent = module.parent(test)
        if parent is None or isinstance(parent, ast.Call):
            return False
        if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not):
            negated = not negated
        elif isinstance(parent, ast.Compare):
            if not isinstance(parent.ops[0], ast.Is):
                return False
            negated = not negated
        elif isinstance(parent, ast.BoolOp) and isinstance(parent.op, ast.And):
            return False
        test = parent
    return negated and isinstance(statement.body[-1], (ast.Return, ast.Raise, ast.Continue))


def _used_after(module: Module, function: FunctionNode, name: str, line: int) -> int:
    """The line after `line` at which the variable goes into a path, URL or statement; 0 where none does."""
    for node in module.own_nodes(function):
        if not isinstance(node, ast.Name) or node.id != name or node.lineno <= line:
            continue
        if isinstance(node.ctx, ast.Store) or _is_looked_up(module, node):
            return 0
        if _reaches_outside(module, node):
            return node.lineno
    return 0


def _is_looked_up(module: Module, name: ast.Name) -> bool:
    """Whether a database is asked for the text, as a parameter of a statement: it knows of none with a newline."""
    given = module.parent(name)
    call = module.parent(given) if isinstance(given, (ast.Tuple, ast.List)) else None
    return isinstance(call, ast.Call) and last_name(call) in _STATEMENTS and call.args[1:2] == [given]


def _is_only_asked_for(module: Module, path: ast.AST) -> bool:
    """Whether it is only asked whether there is something at a path."""
    parent = module.parent(path)
    while isinstance(parent, (ast.Attribute, ast.Call)):
        if last_name(parent) in _ASKING:
            return True
        parent = module.parent(parent)
    return False


def _is_missing_at_worst(module: Module, path: ast.Call) -> bool:
    """Whether a path is only read from, where it is expected that nothing is there: no file's name ends so."""
    reading = path if module.callee(path) == "builtins.open" else module.parent(path)
    if not isinstance(reading, ast.Call) or module.callee(reading) != "builtins.open":
        return False
    mode = module.argument(reading, "mode", 1)
    if mode is not None and (not isinstance(mode, ast.Constant) or mode.value not in ("r", "rb", "rt")):
        return False
    return any(
        isinstance(ancestor, ast.Try)
        and module.statement(reading).lineno <= ancestor.body[-1].lineno
        and any(
            isinstance(kind, ast.Name) and kind.id in _MISSING
            for handler in ancestor.handlers
            for kind in (handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type])
        )
        for ancestor in module.ancestors(path)
    )


def _reaches_outside(module: Module, name: ast.Name) -> bool:
    """Whether a use of the variable becomes a part of a path, a URL or an SQL text."""
    child: ast.AST = name
    for ancestor in module.ancestors(name):
        if isinstance(ancestor, ast.stmt):
            return False
        if isinstance(ancestor, ast.BinOp) and isinstance(ancestor.op, ast.Div):
            return True
        if isinstance(ancestor, ast.Call) and child is not ancestor.func:
            callee = module.callee(ancestor)
            if callee in _PATHS:
                return not _is_only_asked_for(module, ancestor) and not _is_missing_at_worst(module, ancestor)
            if last_name(ancestor) in _STATEMENTS:
                # What stands behind the text of a statement is a parameter of it.
                return child is ancestor.args[0] if ancestor.args else False
            if last_name(ancestor) in _REQUESTS:
                return isinstance(child, (ast.JoinedStr, ast.BinOp)) and "/" in module.source(child)
            if last_name(ancestor) not in ("str", "format", "join", "lower", "strip"):
                return False
        if isinstance(ancestor, (ast.Compare, ast.Subscript)):
            return False
        child = ancestor
    return False
