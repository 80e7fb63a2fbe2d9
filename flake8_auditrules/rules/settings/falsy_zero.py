"""AUD706: zero taken for missing."""

from __future__ import annotations

import ast
import functools

from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import Binding, BindingKind
from flake8_auditrules.semantics.secret_names import words

_DECIDED_BY_TRUTH = frozenset({ast.Name, ast.Attribute, ast.BoolOp, ast.UnaryOp})
_NUMBERS = frozenset({"int", "float", "Decimal"})
# Quantities of which zero is an ordinary value, by the last word of the name.
_ZERO_COUNTS = frozenset(
    {
        "altitude", "angle", "balance", "elevation", "idx", "index", "lat", "latitude", "lng", "lon", "longitude",
        "price", "score", "seed", "temperature", "threshold",
    }
)  # fmt: skip
_POSITIONS = frozenset({"idx", "index"})
_COORDINATES = frozenset({"lat", "latitude", "lng", "lon", "longitude"})
# Thresholds of time: after no time at all everything is late, so zero is no ordinary one.
_OF_TIME = frozenset({"age", "cooldown", "delay", "duration", "interval", "seconds", "stale", "staleness", "time"})
# What nobody asks for with a zero, and what is counted from one.
_UNCOUNTED = _OF_TIME | {"column", "expires", "expiry", "line", "ms", "page", "port", "status", "timeout", "ttl"}
_POSITIVE = frozenset({"gt", "ge"})
_MOST_HOPS = 2


class FalsyZero(Rule):
    """
    ## What it does
    Finds `x or default` and `if x:` where x is an optional number of which zero is an ordinary value: coordinates,
    prices, indexes, seeds, temperatures, thresholds; also `x or default` of any optional number that the same
    function, or the constructor for a parameter of that name, tells from None.

    ## Why it matters
    Zero is false. A temperature of 0 becomes the default of 0.7, a point on the equator has no latitude, the first
    item of a list is "not found". It works for all other values, so nobody sees it.

    Silent where the fall-back is kept above zero (`max(2, ...)`): zero is no legal value then.

    ## When to silence it
    When zero means "not given" by agreement.
    """

    code = "AUD706"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    reach = Reach.CALLEES
    message = "`{test}` takes 0 for a missing `{name}`; compare with None"
    examined = "fall-backs of numbers keep a zero"

    bad = (
        """
        def request(prompt: str, temperature: float | None = None):
            return {"prompt": prompt, "temperature": temperature or 0.7}  # AUD706
        """,
        """
        from typing import Optional

        def place(latitude: Optional[float] = None, longitude: Optional[float] = None):
            if latitude and longitude:  # AUD706
                return (latitude, longitude)
            return None
        """,
    )
    good = (
        """
        def request(prompt: str, temperature: float | None = None):
            return {"prompt": prompt, "temperature": 0.7 if temperature is None else temperature}
        """,
        """
        from typing import Optional

        def place(latitude: Optional[float] = None, longitude: Optional[float] = None):
            if latitude is not None and longitude is not None:
                return (latitude, longitude)
            return None
        """,
    )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Report `x or default`."""
        if not isinstance(node.op, ast.Or) or self.module.is_test or _is_test(self.module, node):
            return
        first, default = node.values[0], node.values[-1]
        name = _number(self.project, self.module, first)
        value = self.module.literal(default)
        # What falls back to one is a number of things, of which none at all is no wish: `int(width or 1)`.
        if name is None and value != 1 and not _is_parameter(self.module, default):
            name = _told_from_none(self.module, first)
        if name is None:
            return
        if _are_equal(self.module, node, first, default) or _is_raised(self.module, default):
            self.passed(node)
        elif _is_nothing(default) or (isinstance(value, (int, float)) and not value):
            # Zero becomes zero, or nothing is made of nothing.
            self.passed(node)
        else:
            self.report(node, test=self.module.text(node), name=name)

    def visit_If(self, node: ast.If) -> None:
        """Report the test of a number's truth."""
        self._check_test(node, node.test)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """Report the test of a number's truth."""
        if _is_nothing(node.body) or (isinstance(node.orelse, ast.Constant) and node.orelse.value in (0, 0.0)):
            if not _is_nothing(node.orelse):
                return
        self._check_test(node, node.test)

    def _check_test(self, node: ast.If | ast.IfExp, test: ast.expr) -> None:
        if test.__class__ not in _DECIDED_BY_TRUTH or self.module.is_test:
            return
        for part, negated in _parts(test):
            name = _number(self.project, self.module, part)
            if name is not None and _is_compared(test, part):
                continue
            if name is None or (negated and words(name)[-1] not in _COORDINATES):
                continue
            if words(name)[-1] in _POSITIONS and len(words(name)) > 1 and not _is_position(self.module, part):
                continue
            self.report(node, test=self.module.text(test), name=name)
            return


def _is_position(module: Module, number: ast.expr) -> bool:
    """Whether the function takes an element by the number: other numbers may begin with one."""
    function = module.function_of(number)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    text = ast.dump(number)
    return any(
        isinstance(node, ast.Subscript) and any(ast.dump(one) == text for one in ast.walk(node.slice))
        for node in module.own_nodes(function)
    )


def _is_compared(test: ast.expr, number: ast.expr) -> bool:
    """Whether the test compares the number as well (`score and score > 0`), and so says what becomes of zero."""
    return any(
        ast.dump(side) == ast.dump(number)
        for compare in ast.walk(test)
        if isinstance(compare, ast.Compare) and not isinstance(compare.ops[0], (ast.Is, ast.IsNot))
        for side in (compare.left, *compare.comparators)
    )


def _are_equal(module: Module, node: ast.BoolOp, first: ast.expr, second: ast.expr) -> bool:
    """Whether the function compares two attributes of one name: `a.index or b.index` of what must be equal."""
    if not isinstance(first, ast.Attribute) or not isinstance(second, ast.Attribute) or first.attr != second.attr:
        return False
    function = module.function_of(node)
    sides = {ast.dump(first), ast.dump(second)}
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], (ast.Eq, ast.NotEq))
        and {ast.dump(part.left), ast.dump(part.comparators[0])} == sides
        for part in module.own_nodes(function)
    )


def _is_raised(module: Module, default: ast.expr, hops: int = 0) -> bool:
    """Whether a fall-back is never less than one, as its `max(2, ...)` says: zero is no legal value then."""
    if not isinstance(default, ast.Call) or hops > _MOST_HOPS:
        return False
    if module.qualname(default.func) == "builtins.max":
        return any(isinstance(one, ast.Constant) and _is_one_or_more(one.value) for one in default.args)
    function = module.called_function(default)
    return isinstance(function, ast.FunctionDef) and any(
        isinstance(node, ast.Return) and node.value is not None and _is_raised(module, node.value, hops + 1)
        for node in module.own_nodes(function)
    )


def _is_one_or_more(value: object) -> bool:
    return isinstance(value, (int, float)) and value >= 1


def _is_nothing(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and expression.value is None


def _is_test(module: Module, node: ast.BoolOp) -> bool:
    """Whether an `or` is asked for its truth only."""
    parent = module.parent(node)
    if isinstance(parent, (ast.If, ast.IfExp, ast.While, ast.Assert)):
        return parent.test is node
    if isinstance(parent, ast.Call) and module.qualname(parent.func) == "builtins.bool":
        return True
    return isinstance(parent, (ast.BoolOp, ast.UnaryOp, ast.comprehension))


def _parts(test: ast.expr) -> list[tuple[ast.expr, bool]]:
    """The parts of a test whose truth decides, each with whether it is negated."""
    found: list[tuple[ast.expr, bool]] = []
    pending = [(test, False)]
    while pending:
        part, negated = pending.pop(0)
        if isinstance(part, ast.BoolOp):
            pending.extend((value, negated) for value in part.values)
        elif isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
            pending.append((part.operand, not negated))
        else:
            found.append((part, negated))
    return found


@functools.lru_cache(maxsize=4096)
def _may_be_zero(name: str) -> bool:
    """Whether a name says that it is a number of which zero is an ordinary value."""
    parts = words(name)
    return bool(parts) and parts[-1] in _ZERO_COUNTS and name.islower() and _OF_TIME.isdisjoint(parts)


def _given_as(module: Module, number: ast.Name) -> Binding | None:
    """The parameter that a name is at a place, also where it gets another value later: `seed = seed or 1`."""
    bindings = module.bindings(number)
    given = [one for one in bindings if one.kind is BindingKind.PARAMETER]
    later = [
        one
        for one in bindings
        if one.kind is BindingKind.ASSIGNMENT and module.statement(one.site).lineno >= number.lineno
    ]
    if len(given) != 1 or len(given) + len(later) != len(bindings):
        return None
    in_loop = bool(later) and module.enclosing(number, ast.For, ast.While, ast.AsyncFor) is not None
    return None if in_loop else given[0]


def _number(project: Project, module: Module, expression: ast.expr) -> str | None:
    """The name of an optional number of which zero is an ordinary value."""
    if isinstance(expression, ast.Name):
        name = expression.id
    elif isinstance(expression, ast.Attribute):
        name = expression.attr
    else:
        return None
    if not _may_be_zero(name):
        return None
    if isinstance(expression, ast.Name):
        given = _given_as(module, expression)
        if given is None:
            return None
        annotation, default = given.annotation, given.value
    else:
        owner = module.instance_of(expression.value)
        found = class_named(project, module, owner) if owner is not None else None
        if found is None:
            return None
        home, holder = found
        declared = [
            binding
            for binding, function in home.members(holder).attributes.get(expression.attr, [])
            if function is None
        ]
        if len(declared) != 1:
            return None
        annotation, default = declared[0].annotation, declared[0].value
    if annotation is None or not _is_optional_number(annotation) or _is_positive(annotation, default):
        return None
    return name


def _is_parameter(module: Module, default: ast.expr) -> bool:
    """Whether what stands behind an `or` may be given itself: it asks which of the two is there."""
    return isinstance(default, ast.Name) and any(
        binding.kind is BindingKind.PARAMETER for binding in module.bindings(default)
    )


def _told_from_none(module: Module, expression: ast.expr) -> str | None:
    """
    The name of an optional number that the code itself tells from None, whatever the name says.

    The function of which it is a parameter asks `if burst is not None`, or the constructor of the class falls back
    only where a parameter of that name is None.
    """
    if not isinstance(expression, ast.Name) or not _UNCOUNTED.isdisjoint(words(expression.id)):
        return None
    function = module.function_of(expression)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    bindings = module.bindings(expression)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER:
        return None
    annotation = bindings[0].annotation
    if annotation is None or not _is_optional_number(annotation) or _is_positive(annotation, bindings[0].value):
        return None
    holder = module.class_of(function)
    constructor = module.members(holder).methods.get("__init__") if holder is not None else None
    asking = [function] if constructor in (None, function) else [function, constructor]
    told = any(
        isinstance(parent := module.parent(use), ast.Compare)
        and parent.left is use
        and isinstance(parent.ops[0], (ast.Is, ast.IsNot))
        and isinstance(parent.comparators[0], ast.Constant)
        and parent.comparators[0].value is None
        and not _is_one_condition(module.parent(parent))
        for one in asking
        for use in module.names_in(one).get(expression.id, ())
    )
    return expression.id if told and not _is_refused(module, expression.id) else None


def _is_one_condition(around: ast.AST | None) -> bool:
    """Whether a test is one of several that must hold: it says little of what a zero is."""
    return isinstance(around, ast.BoolOp) and isinstance(around.op, ast.And)


def _is_refused(module: Module, name: str) -> bool:
    """Whether the module refuses a zero under a name: `if rate < 1: raise ValueError(...)`."""
    return any(
        isinstance(test := module.parent(refusal), ast.If)
        and any(
            isinstance(part, ast.Compare)
            and last_name(part.left) == name
            and isinstance(part.ops[0], (ast.Lt, ast.LtE))
            for part in ast.walk(test.test)
        )
        for refusal in module.nodes(ast.Raise)
    )


def _is_optional_number(annotation: ast.expr) -> bool:
    """Whether an annotation is a number or None, and nothing else."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except (SyntaxError, ValueError):
            return False
    leaves: set[str] = set()
    optional = False
    pending = [annotation]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.BitOr):
            pending.extend((part.left, part.right))
        elif isinstance(part, ast.Subscript):
            outer = last_name(part.value)
            inner = part.slice.elts if isinstance(part.slice, ast.Tuple) else [part.slice]
            if outer == "Optional":
                optional = True
                pending.extend(inner)
            elif outer == "Union":
                pending.extend(inner)
            elif outer == "Annotated":
                pending.append(inner[0])
            else:
                return False
        elif isinstance(part, ast.Constant) and part.value is None:
            optional = True
        else:
            leaves.add(part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "?"))
    return optional and bool(leaves) and leaves <= _NUMBERS


def _is_positive(annotation: ast.expr, default: ast.expr | None) -> bool:
    """Whether a bound keeps zero out: `Field(gt=0)`, `Query(ge=1)`."""
    for part in (annotation, default):
        for node in ast.walk(part) if part is not None else ():
            if isinstance(node, ast.keyword) and node.arg in _POSITIVE and isinstance(node.value, ast.Constant):
                if node.arg == "gt" or node.value.value not in (0, 0.0):
                    return True
    return False
