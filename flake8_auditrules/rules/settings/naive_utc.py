"""AUD705: a time without a zone where one with a zone is needed."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.naive_columns import is_naive_column
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.clocks import (
    Awareness,
    awareness,
    has_zone,
    is_column,
    is_relabelled,
    naive_clock,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.plain_forms import is_plainly_naive
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.secret_names import words

_NAME_WORDS = frozenset(
    {
        "file",
        "filename",
        "folder",
        "id",
        "identifier",
        "key",
        "name",
        "nonce",
        "path",
        "state",
        "temp",
        "tmp",
        "token",
    }
)
# Drivers and mappers of a database that takes a time without a zone for UTC.
_TAKING_UTC = ("beanie", "bson", "mongoengine", "motor", "odmantic", "pymongo", "umongo")
_CLAIMS = frozenset({"exp", "iat", "nbf"})
_TOKEN_LIBRARIES = ("jwt", "jose", "authlib", "joserfc")
_FACTORIES = frozenset({"pydantic.Field", "pydantic.fields.Field", "sqlmodel.Field", "dataclasses.field"})


class NaiveUtc(Rule):
    """
    ## What it does
    Finds times without a zone (`datetime.utcnow()`, `datetime.now()`) that are compared with or subtracted from
    times with one, written to a column with `timezone=True`, turned into a timestamp or the `exp` of a token as
    if they were something else, and `datetime.utcnow` handed on as a default; also local times beside UTC ones
    (those that `strptime` reads by a format that ends in a plain "Z" are such), and local times that `replace`
    declares to be UTC.
    A column of type `DateTime` without `timezone=True`, of a model in any file, gives times without a zone.
    Silent where a timestamp only makes a name or nonce differ, and for defaults beside MongoDB, which takes a time
    without a zone for UTC.

    ## Why it matters
    A naive and an aware time cannot be compared: TypeError. A naive UTC time is taken for a local one by
    `timestamp()`, by databases and by JavaScript, so that it is wrong by the offset of the zone, on every machine
    that does not run in UTC. `utcnow` itself is deprecated since Python 3.12.

    ## When to silence it
    When the whole application keeps naive UTC times by agreement.
    """

    code = "AUD705"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    call_names = ("timestamp", "replace")
    call_keywords = ("default", "onupdate", "default_factory")
    imports = ("datetime",)
    message = "`{code}` {fact}; {cure}"
    examined = "pairs of times agree on having a zone"
    reach = Reach.CALLEES

    bad = (
        """
        from datetime import datetime, timedelta, timezone

        def is_old(hours):
            created = datetime.now(timezone.utc) - timedelta(hours=hours)
            return datetime.utcnow() - created > timedelta(days=1)  # AUD705
        """,
        """
        from datetime import datetime

        def seconds():
            return datetime.utcnow().timestamp()  # AUD705
        """,
    )
    good = (
        """
        from datetime import datetime, timedelta, timezone

        def is_old(hours):
            created = datetime.now(timezone.utc) - timedelta(hours=hours)
            return datetime.now(timezone.utc) - created > timedelta(days=1)
        """,
        """
        from datetime import datetime, timezone

        def seconds():
            return datetime.now(timezone.utc).timestamp()
        """,
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        """Report a comparison of a naive with an aware time."""
        if self._is_of_interest() and len(node.ops) == 1:
            if isinstance(node.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE)):
                self._check_pair(node, node.left, node.comparators[0], "compares")

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Report the difference of a naive and an aware time."""
        if isinstance(node.op, ast.Sub) and self._is_of_interest():
            self._check_pair(node, node.left, node.right, "subtracts")

    def _check_pair(self, node: ast.expr, left: ast.expr, right: ast.expr, deed: str) -> None:
        one = awareness(self.module, left)
        other = awareness(self.module, right)
        for known, read in ((one, right), (other, left)):
            if known is Awareness.AWARE and isinstance(read, ast.Attribute):
                if is_naive_column(self.project, self.module, read):
                    self._found(
                        node,
                        code=self.module.text(node),
                        fact=f"{deed} a time with a zone and a column that has none, which raises TypeError",
                        cure="declare it `DateTime(timezone=True)`",
                    )
                    return
        if one is None or other is None:
            return
        if {one, other} == {Awareness.UTC_WITHOUT_ZONE, Awareness.LOCAL_WITHOUT_ZONE}:
            if _OFFSET.search(self.module.source(self.module.statement(node))) or (
                isinstance(node, ast.BinOp) and _is_clock(left) and _is_clock(right)
            ):
                # The difference of the two is what is wanted.
                self.passed(node)
                return
            self._found(
                node,
                code=self.module.text(node),
                fact=f"{deed} a local and a UTC time, wrong by the zone's offset",
            )
        elif one.is_naive == other.is_naive:
            self.passed(node)
        else:
            self._found(
                node,
                code=self.module.text(node),
                fact=f"{deed} a time without and one with a zone, which raises TypeError",
            )

    def visit_Call(self, node: ast.Call) -> None:
        """Report naive clocks handed on as defaults, and timestamps of naive UTC times."""
        if not self._is_of_interest():
            return
        module = self.module
        if isinstance(node.func, ast.Attribute) and node.func.attr == "timestamp" and not node.args:
            if awareness(module, node.func.value) is Awareness.UTC_WITHOUT_ZONE:
                if _is_elapsed(module, node) or _is_part_of_name(module, node):
                    self.passed(node)
                    return
                self._found(
                    node,
                    code=module.text(node),
                    fact="takes the UTC time for a local one and is wrong by the zone's offset",
                )
            return
        if isinstance(node.func, ast.Attribute) and node.func.attr == "replace":
            if is_relabelled(module, node):
                self._found(
                    node,
                    code=module.text(node),
                    fact="calls a local time UTC, wrong by the zone's offset",
                )
            return
        for keyword in node.keywords:
            if keyword.arg in ("default", "onupdate"):
                if is_column(module, node) and has_zone(module, node) and naive_clock(module, keyword.value):
                    self._found(
                        keyword.value,
                        code=f"{keyword.arg}={module.text(keyword.value)}",
                        fact="puts a time without a zone into a column with one",
                    )
            elif keyword.arg == "default_factory" and not module.imports(*_TAKING_UTC):
                if module.qualname(keyword.value) == "datetime.datetime.utcnow":
                    if module.callee(node) in _FACTORIES:
                        self._found(
                            keyword.value,
                            code=f"default_factory={module.text(keyword.value)}",
                            fact="gives UTC without saying so: it is read as local time",
                        )

    def visit_Dict(self, node: ast.Dict) -> None:
        """Report the claims of a token that are made of local time."""
        if not self._is_of_interest() or not self.module.imports(*_TOKEN_LIBRARIES):
            return
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in _CLAIMS:
                if awareness(self.module, value) is Awareness.LOCAL_WITHOUT_ZONE:
                    self._found(
                        value,
                        code=self.module.text(value),
                        fact=f'is local time, but `"{key.value}"` is read as UTC',
                    )

    def visit_Assign(self, node: ast.Assign) -> None:
        """Report a naive time assigned to an attribute that is a column with a zone."""
        target = node.targets[0]
        if not isinstance(target, ast.Attribute) or not self._is_of_interest():
            return
        found = awareness(self.module, node.value)
        if found is None or not found.is_naive:
            return
        owner = self.module.instance_of(target.value)
        holder = self.module.instances.local_class(owner) if owner is not None else None
        if holder is None:
            return
        for binding, _ in self.module.members(holder).attributes.get(target.attr, []):
            if isinstance(binding.value, ast.Call) and is_column(self.module, binding.value):
                if has_zone(self.module, binding.value):
                    self._found(
                        node,
                        code=self.module.text(node),
                        fact="puts a time without a zone into a column with one",
                    )
                    return

    def _found(
        self, node: ast.AST, *, code: str, fact: str, cure: str = "use `datetime.now(timezone.utc)`"
    ) -> None:
        if not (self.config.beside_ruff and is_plainly_naive(self.module, node)):
            self.report(node, code=code, fact=fact, cure=cure)

    def _is_of_interest(self) -> bool:
        return not self.module.is_test


_WHOLE = frozenset({"builtins.int", "builtins.float", "builtins.round"})
_OFFSET = pattern(r"offset|(?:^|_)tz", re.IGNORECASE)


def _is_clock(time: ast.expr) -> bool:
    return isinstance(time, ast.Call) and last_name(time) in ("now", "utcnow", "fromtimestamp", "utcfromtimestamp")


def _is_elapsed(module: Module, stamp: ast.Call) -> bool:
    """Whether a timestamp only measures the time between itself and another one that is off by as much."""
    parent = module.parent(stamp)
    while isinstance(parent, ast.Call) and module.callee(parent) in _WHOLE:
        parent = module.parent(parent)
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Sub):
        return all(_is_off(module, side) or _is_read_utc(module, side) for side in (parent.left, parent.right))
    if (
        not isinstance(parent, ast.Assign)
        or len(parent.targets) != 1
        or not isinstance(parent.targets[0], ast.Name)
    ):
        return False
    function = module.function_of(stamp)
    if function is None:
        return False
    name = parent.targets[0].id
    uses = [part for part in ast.walk(function) if isinstance(part, ast.Name) and part.id == name]
    read = [use for use in uses if isinstance(use.ctx, ast.Load)]
    kept = [use for use in read if _is_kept(module, use)]
    if kept and all(use in kept or _is_subtracted(module, use) for use in read):
        # What is kept is what later turns subtract.
        return True
    return bool(read) and all(
        isinstance(difference := module.parent(use), ast.BinOp)
        and isinstance(difference.op, ast.Sub)
        and all(_is_off(module, side) for side in (difference.left, difference.right))
        for use in read
    )


def _is_kept(module: Module, use: ast.Name) -> bool:
    """Whether a use puts a timestamp into a list: `attempts.append(now)`."""
    call = module.parent(use)
    return isinstance(call, ast.Call) and last_name(call) in ("append", "appendleft") and use in call.args


def _is_subtracted(module: Module, use: ast.Name) -> bool:
    difference = module.parent(use)
    return isinstance(difference, ast.BinOp) and isinstance(difference.op, ast.Sub)


def _is_part_of_name(module: Module, stamp: ast.Call) -> bool:
    """Whether a timestamp only makes a name or an id differ from others: `name = f"page_{stamp}.pdf"`."""
    target = module.parent(stamp)
    while isinstance(target, ast.Call) and module.callee(target) in (*_WHOLE, "builtins.str"):
        stamp, target = target, module.parent(target)
    if isinstance(target, ast.FormattedValue):
        maker = module.function_of(stamp)
        makes_id = isinstance(maker, (ast.FunctionDef, ast.AsyncFunctionDef)) and words(maker.name)[-1:] == ("id",)
        return makes_id or _is_in_name(module, stamp)
    function = module.function_of(stamp)
    name = target.targets[0] if isinstance(target, ast.Assign) and len(target.targets) == 1 else None
    if not isinstance(name, ast.Name) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    if words(name.id)[-1:] in (("nonce",), ("suffix",)):
        return True
    read = [use for use in module.names_in(function).get(name.id, ()) if isinstance(use.ctx, ast.Load)]
    return bool(read) and all(_is_in_name(module, use) for use in read)


def _is_in_name(module: Module, use: ast.expr) -> bool:
    formatted = module.parent(use)
    text = module.parent(formatted) if isinstance(formatted, ast.FormattedValue) else None
    holder = module.parent(text) if isinstance(text, ast.JoinedStr) else None
    name = ""
    if isinstance(holder, ast.Assign):
        name = last_name(holder.targets[0])
    elif isinstance(holder, ast.keyword):
        name = holder.arg or ""
    elif isinstance(holder, ast.Dict) and text in holder.values:
        key = holder.keys[holder.values.index(text)]
        name = str(key.value) if isinstance(key, ast.Constant) else ""
    return not _NAME_WORDS.isdisjoint(words(name))


def _is_read_utc(module: Module, value: ast.expr) -> bool:
    """Whether a value is a timestamp of a time that a driver has read, which gives UTC without a zone."""
    value = _unrounded(module, value)
    return (
        module.imports(*_TAKING_UTC)
        and isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr == "timestamp"
        and isinstance(value.func.value, ast.Name)
        and awareness(module, value.func.value) is None
    )


def _unrounded(module: Module, value: ast.expr) -> ast.expr:
    while isinstance(value, ast.Call) and module.callee(value) in _WHOLE and len(value.args) == 1:
        value = value.args[0]
    return value


def _is_off(module: Module, value: ast.expr) -> bool:
    """Whether a value is a timestamp made of a naive UTC time, or a name for nothing else."""
    value = _unrounded(module, value)
    if isinstance(value, ast.Name):
        bindings = module.bindings(value)
        return bool(bindings) and all(
            binding.kind is BindingKind.ASSIGNMENT
            and isinstance(binding.value, ast.Call)
            and _is_off(module, binding.value)
            for binding in bindings
        )
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr == "timestamp"
        and not value.args
        and awareness(module, value.func.value) is Awareness.UTC_WITHOUT_ZONE
    )
