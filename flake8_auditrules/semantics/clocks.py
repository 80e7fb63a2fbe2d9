"""Clocks: whether a time knows its zone."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import is_none_literal
from flake8_auditrules.semantics.scopes import Binding, BindingKind, ScopeKind

_CLASS = "datetime.datetime"
_MAXIMUM_HOPS = 6
_UTC = frozenset(
    {
        "datetime.timezone.utc",
        "datetime.UTC",
        "pytz.utc",
        "pytz.UTC",
        "django.utils.timezone.utc",
        "dateutil.tz.UTC",
    }
)
_MAKING = frozenset({"zoneinfo.ZoneInfo", "pytz.timezone", "dateutil.tz.gettz"})


class Awareness(enum.Enum):
    """What a `datetime` says of its zone."""

    UTC_WITHOUT_ZONE = "naive, UTC"
    LOCAL_WITHOUT_ZONE = "naive, local"
    WITHOUT_ZONE = "naive"
    AWARE = "aware"

    @property
    def is_naive(self) -> bool:
        """Whether the time has no zone."""
        return self is not Awareness.AWARE


def awareness(module: Module, expression: ast.expr) -> Awareness | None:
    """What an expression's time says of its zone; None where it is no time, or not known."""
    return _awareness(module, expression, 0)


def _awareness(module: Module, expression: ast.expr, hops: int) -> Awareness | None:
    if hops > _MAXIMUM_HOPS:
        return None
    if isinstance(expression, ast.Call):
        return _of_call(module, expression, hops + 1)
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, (ast.Add, ast.Sub)):
        if _is_duration(module, expression.right, hops):
            return _awareness(module, expression.left, hops + 1)
        return None
    if isinstance(expression, ast.Name):
        owner = module.owner_of(expression)
        if owner is None or owner.kind not in (ScopeKind.FUNCTION, ScopeKind.MODULE):
            return None
        return _agreed(module, module.bindings(expression), hops + 1)
    if isinstance(expression, ast.Attribute):
        return _of_attribute(module, expression, hops + 1)
    return None


def _agreed(module: Module, bindings: list[Binding], hops: int) -> Awareness | None:
    found: Awareness | None = None
    for binding in bindings:
        if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
            return None
        one = _awareness(module, binding.value, hops)
        if one is None or (found is not None and one is not found):
            return None
        found = one
    return found


def _of_attribute(module: Module, attribute: ast.Attribute, hops: int) -> Awareness | None:
    """What an attribute holds: all that the class assigns to it, or the type of its column."""
    owner = module.instance_of(attribute.value)
    holder = module.instances.local_class(owner) if owner is not None else None
    if holder is None:
        return None
    bindings = [binding for binding, _ in module.members(holder).attributes.get(attribute.attr, [])]
    for binding in bindings:
        if isinstance(binding.value, ast.Call) and is_column(module, binding.value):
            return Awareness.AWARE if has_zone(module, binding.value) else None
    if not all(isinstance(binding.site, ast.Attribute) for binding in bindings):
        return None
    return _agreed(module, bindings, hops) if bindings else None


def is_column(module: Module, call: ast.Call) -> bool:
    """Whether a call declares a column of SQLAlchemy."""
    return (module.callee(call) or "").rpartition(".")[2] in ("Column", "mapped_column")


def has_zone(module: Module, column: ast.Call) -> bool:
    """Whether a column's type is `DateTime(timezone=True)` or `TIMESTAMP(timezone=True)`."""
    for argument in column.args:
        if isinstance(argument, ast.Call) and (module.callee(argument) or "").rpartition(".")[2] in (
            "DateTime",
            "TIMESTAMP",
        ):
            zone = module.argument(argument, "timezone", 0)
            return isinstance(zone, ast.Constant) and zone.value is True
    return False


def _of_call(module: Module, call: ast.Call, hops: int) -> Awareness | None:
    callee = module.callee(call)
    if callee in (f"{_CLASS}.utcnow", f"{_CLASS}.utcfromtimestamp"):
        return Awareness.UTC_WITHOUT_ZONE
    if callee in (f"{_CLASS}.now", f"{_CLASS}.fromtimestamp"):
        zone = module.argument(call, "tz", 0 if callee.endswith("now") else 1)
        if zone is None:
            return None if module.has_unpacking(call) else Awareness.LOCAL_WITHOUT_ZONE
        return None if _may_be_none(zone) else Awareness.AWARE
    if callee == f"{_CLASS}.strptime":
        return _of_format(module, call)
    if callee == f"{_CLASS}.fromisoformat":
        return Awareness.AWARE if call.args and _is_given_zone(call.args[0]) else None
    if callee == _CLASS:
        zone = module.argument(call, "tzinfo", 7)
        if zone is None:
            return None if module.has_unpacking(call) else Awareness.WITHOUT_ZONE
        return None if _may_be_none(zone) else Awareness.AWARE
    if isinstance(call.func, ast.Attribute):
        method, receiver = call.func.attr, call.func.value
        before = _awareness(module, receiver, hops)
        if before is not None and method == "replace":
            zone = module.argument(call, "tzinfo")
            if zone is None:
                return before
            if isinstance(zone, ast.Constant) and zone.value is None:
                return Awareness.WITHOUT_ZONE if before is Awareness.AWARE else before
            return None if _may_be_none(zone) else Awareness.AWARE
        if before is not None and method == "astimezone":
            return Awareness.AWARE
    function = module.called_function(call)
    if isinstance(function, ast.FunctionDef) and not function.decorator_list:
        values = [node.value for node in module.own_nodes(function) if isinstance(node, ast.Return)]
        # Where it gives None there is no time.
        times = [value for value in values if value is not None and not is_none_literal(value)]
        found = {_awareness(module, value, hops) for value in times}
        return found.pop() if len(found) == 1 else None
    return None


def _is_given_zone(text: ast.expr) -> bool:
    """Whether a text is one that ends with `Z`, made ready for `fromisoformat`: `text.replace("Z", "+00:00")`."""
    return (
        isinstance(text, ast.Call)
        and isinstance(text.func, ast.Attribute)
        and text.func.attr == "replace"
        and [one.value if isinstance(one, ast.Constant) else None for one in text.args] == ["Z", "+00:00"]
    )


def _of_format(module: Module, call: ast.Call) -> Awareness | None:
    """What `strptime` reads: with a zone by `%z`; UTC without saying so, where the format ends in a plain Z."""
    given = module.argument(call, "format", 1)
    text = module.literal(given) if given is not None else None
    if not isinstance(text, str):
        return None
    if "%z" in text:
        return Awareness.AWARE
    if "%Z" in text:
        return None
    return (
        Awareness.UTC_WITHOUT_ZONE
        if text.endswith(("SZ", "fZ", "MZ", "TZ", "UTC", "GMT"))
        else Awareness.WITHOUT_ZONE
    )


def _may_be_none(zone: ast.expr) -> bool:
    """Whether a zone is none, or comes from a parameter or attribute of which that is not known."""
    if isinstance(zone, ast.Constant):
        return True
    if isinstance(zone, ast.Call):
        return False
    text = ast.unparse(zone)
    return not text.endswith(("utc", "UTC", "ZONE", "TZ", "tz"))


def _is_duration(module: Module, expression: ast.expr, hops: int) -> bool:
    if isinstance(expression, ast.Call):
        return module.callee(expression) in ("datetime.timedelta", "dateutil.relativedelta.relativedelta")
    if isinstance(expression, ast.Name) and hops <= _MAXIMUM_HOPS:
        bindings = module.bindings(expression)
        return bool(bindings) and all(
            isinstance(binding.value, ast.Call) and _is_duration(module, binding.value, hops + 1)
            for binding in bindings
        )
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Mult):
        return _is_duration(module, expression.left, hops + 1) or _is_duration(module, expression.right, hops + 1)
    return False


def naive_clock(module: Module, function: ast.expr) -> bool:
    """Whether a function that is handed on, not called, gives a time without a zone."""
    qualname = module.qualname(function)
    if qualname in (f"{_CLASS}.utcnow", f"{_CLASS}.now"):
        return True
    if isinstance(function, ast.Lambda):
        found = awareness(module, function.body)
        return found is not None and found.is_naive
    local = module.instances.local_function(qualname or "")
    if not isinstance(local, ast.FunctionDef):
        return False
    values = [node.value for node in module.own_nodes(local) if isinstance(node, ast.Return)]
    given = [awareness(module, value) for value in values if value is not None]
    return bool(given) and all(one is not None and one.is_naive for one in given)


def is_relabelled(module: Module, call: ast.Call) -> bool:
    """Whether a call says of a local time that it is a UTC one: `datetime.now().replace(tzinfo=timezone.utc)`."""
    zone = next((keyword.value for keyword in call.keywords if keyword.arg == "tzinfo"), None)
    if zone is None or not isinstance(call.func, ast.Attribute) or not _is_utc(module, zone):
        return False
    return awareness(module, call.func.value) is Awareness.LOCAL_WITHOUT_ZONE


def _is_utc(module: Module, zone: ast.expr) -> bool:
    if not isinstance(zone, ast.Call):
        return module.qualname(zone) in _UTC
    given = zone.args[0] if len(zone.args) == 1 else None
    return module.callee(zone) in _MAKING and isinstance(given, ast.Constant) and given.value == "UTC"
