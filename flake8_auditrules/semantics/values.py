"""
Values: the numbers that an expression can be, its truth, and the constant that it certainly is.

A number comes with evidence (see `Range`): `len(jobs)` can be 0 because nothing says that `jobs` is not empty,
while of `settings.workers` nothing is known at all. Evidence is dropped wherever the code looks at the thing
in a way that is not understood here, so that a rule that asks for evidence stays silent when in doubt:

- a test that holds where the expression stands and that mentions the thing (`if ready(jobs):`);
- a statement on the way that may change it (`jobs.append(x)`, `fill(jobs)`) or that fails when it is empty;
- a branch that the number in question would not take on its way to the expression.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.flow import EdgeKind, Flow, Point, PointKind, evaluated
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.ranges import (
    ANY_SIZE,
    BOOLEAN,
    COLLECTION_SIZE,
    NONE,
    NOTHING,
    UNKNOWN,
    UNKNOWN_NUMBER,
    Range,
    clipped,
    exact,
    union,
)
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode, Scope, ScopeKind

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module

__all__ = ["UNKNOWN", "Range", "Values"]

Answer = TypeVar("Answer")
Constant = int | float | str | bytes | bool

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PLAIN_BINDINGS = (*_FUNCTIONS, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)
_RUNNERS = (*_FUNCTIONS, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FOR_LOOPS = (ast.For, ast.AsyncFor)
_MAXIMUM_DEPTH = 40
_MAXIMUM_STEPS = 4000
_MAXIMUM_HOPS = 3
_MAXIMUM_POINTS = 20_000
_LONGEST_TEXT = 10_000
_SIZE = "len "

_ARITHMETIC: dict[type[ast.operator], Callable[[Range, Range], Range]] = {
    ast.Add: ranges.add,
    ast.Sub: ranges.subtract,
    ast.Mult: ranges.multiply,
    ast.Div: ranges.divide,
    ast.FloorDiv: ranges.floor_divide,
    ast.Mod: ranges.modulo,
    ast.Pow: ranges.power,
    ast.LShift: ranges.shift_left,
    ast.RShift: ranges.shift_right,
    ast.BitAnd: ranges.bit_and,
    ast.BitOr: ranges.bit_or,
}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ROUNDING: dict[str, Callable[[float], int]] = {
    "math.ceil": math.ceil,
    "math.floor": math.floor,
    "math.trunc": math.trunc,
    "builtins.int": int,
    "builtins.round": round,
}
_EMPTY_CALLS = frozenset({"builtins.list", "builtins.dict", "builtins.set", "builtins.tuple", "collections.deque"})


class _Definitions(NamedTuple):
    """The sites that give a name its value; `flow` is set where the order of statements was followed."""

    sites: Sequence[ast.AST]
    flow: Flow | None
    certain: bool
    elsewhere: bool = False
    """Whether they stand in a class body or a comprehension, where order was not looked at."""
    closure: bool = False
    """Whether an inner function uses a name of the function around it."""


class _Way(NamedTuple):
    """From a binding site (None: from the start of the function) to the place where a thing is used."""

    flow: Flow
    start: ast.AST | None
    place: ast.AST
    key: str
    question: str


Given = Callable[["FunctionNode", ast.arg, "int | None", str], Sequence["Range | None"]]


class Values:
    """
    The values of one module's expressions; every answer is kept, none raises.

    `given` tells what callers in other modules give for a parameter: of a function, its parameter, the
    parameter's position in a call and the question, a range for each call (None: the default is left).
    """

    def __init__(self, module: Module, given: Given | None = None) -> None:
        self._module = module
        self._given = given
        self._known: dict[tuple[str, ast.AST], object] = {}
        self._asking: set[tuple[str, ast.AST]] = set()
        self._cut: set[tuple[str, ast.AST]] = set()
        self._depth = 0
        self._steps = 0
        self._assumed: dict[str, Range] = {}
        self._opaque: list[ast.AST] = []
        self._skipped: set[ast.expr] = set()
        self._keys: dict[ast.expr, str | None] = {}
        self._mentions: dict[ast.expr, frozenset[str]] = {}
        self._uses: dict[str, list[ast.Name]] | None = None
        self._called_from: dict[ast.AST, tuple[list[ast.Call], bool]] = {}
        self._changes: dict[tuple[Flow, str, str], dict[int, bool]] = {}

    # -- what is asked ---------------------------------------------------------------------------------

    def value(self, expression: ast.expr) -> Range:
        """The range of numbers that the expression can be where it stands; `UNKNOWN` if nothing is known."""
        return self._ask("value", expression, self._value, UNKNOWN)

    def size(self, expression: ast.expr) -> Range:
        """The number of items of the collection or text that the expression is: what `len` of it gives."""
        return self._ask("size", expression, self._size, ANY_SIZE)

    def truth(self, expression: ast.expr) -> bool | None:
        """Whether the expression counts as true where it stands; None where it may count as either."""
        return self._ask("truth", expression, self._truth, None)

    def literal(self, expression: ast.expr) -> Constant | None:
        """
        The one constant that the expression certainly is; None where it is none or not known.

        Found through names of this and other modules, class attributes, members of enumerations, and fields
        of objects that the module makes without giving the field. None as a constant is not told apart.
        """
        return self._ask("literal", expression, self._literal, None)

    def _ask(
        self, question: str, node: ast.expr, answer: Callable[[ast.expr], Answer], otherwise: Answer
    ) -> Answer:
        """Answer a question once; a question that comes back to itself gets `otherwise`."""
        key = (question, node)
        plain = not self._assumed and not self._opaque
        if plain and key in self._known:
            return cast("Answer", self._known[key])
        if key in self._asking or self._depth >= _MAXIMUM_DEPTH or self._steps >= _MAXIMUM_STEPS:
            self._cut.add(key)
            return otherwise
        self._asking.add(key)
        self._depth += 1
        self._steps += 1
        try:
            found = answer(node)
        finally:
            self._asking.discard(key)
            self._depth -= 1
        # What rests on an answer that was cut short is not kept, so that it does not matter what is asked first.
        recursive = key in self._cut
        self._cut.discard(key)
        if recursive and isinstance(found, Range):
            found = cast("Answer", found.bounds_only())
        if self._depth == 0:
            self._cut.clear()
            self._steps = 0
        if plain and not self._cut and not recursive:
            self._known[key] = found
        return found

    # -- numbers ---------------------------------------------------------------------------------------

    def _value(self, expression: ast.expr) -> Range:
        if isinstance(expression, ast.Constant):
            return _of_constant(expression.value)
        if isinstance(expression, ast.BinOp):
            return self._of_operation(expression)
        if isinstance(expression, ast.UnaryOp):
            return self._of_sign(expression)
        if isinstance(expression, ast.BoolOp):
            return self._of_choice(expression, self.value, ranges.truthy, ranges.falsy)
        if isinstance(expression, ast.IfExp):
            return union(self.value(part) for part in self._branches(expression))
        if isinstance(expression, ast.Compare):
            return self._of_truth(expression)
        if isinstance(expression, ast.NamedExpr):
            return self.value(expression.value)
        if isinstance(expression, ast.Await):
            return self._of_awaited(expression, "value") or UNKNOWN
        if isinstance(expression, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            key = self._key(expression)
            if key is not None:
                assumed = self._assumed.get(key)
                if assumed is not None:
                    return assumed
            if isinstance(expression, ast.Name):
                return self._of_name(expression, "value")
            if isinstance(expression, ast.Call):
                return self._of_call(expression)
            found = (
                self._of_attribute(expression, "value")
                if isinstance(expression, ast.Attribute)
                else self._of_item(expression)
            )
            return self._guarded(found, expression, key, None)
        return UNKNOWN

    def _of_truth(self, expression: ast.expr) -> Range:
        truth = self.truth(expression)
        return BOOLEAN if truth is None else exact(int(truth))

    def _of_operation(self, expression: ast.BinOp) -> Range:
        """Arithmetic, from the left end of a chain such as `a + b + c`, which may be very long."""
        chain: list[ast.BinOp] = []
        inner: ast.expr = expression
        while isinstance(inner, ast.BinOp):
            chain.append(inner)
            inner = inner.left
        found = self.value(inner)
        if isinstance(inner, (ast.JoinedStr, ast.List, ast.Tuple)) or _is_text(inner):
            return UNKNOWN
        for operation in reversed(chain):
            compute = _ARITHMETIC.get(type(operation.op))
            if compute is None:
                return UNKNOWN
            found = compute(found._replace(none=False), self.value(operation.right)._replace(none=False))
        return found

    def _of_sign(self, expression: ast.UnaryOp) -> Range:
        if isinstance(expression.op, ast.Not):
            return self._of_truth(expression)
        operand = self.value(expression.operand)
        if isinstance(expression.op, ast.USub):
            return ranges.negative(operand)
        if isinstance(expression.op, ast.Invert):
            return ranges.subtract(ranges.negative(operand), exact(1))
        return operand._replace(none=False)

    def _of_choice(
        self,
        expression: ast.BoolOp,
        answer: Callable[[ast.expr], Range],
        true_part: Callable[[Range], Range],
        false_part: Callable[[Range], Range],
    ) -> Range:
        """`a or b` and `a and b`: each operand but the last gives only its true or its false values."""
        parts: list[Range] = []
        is_or = isinstance(expression.op, ast.Or)
        for operand in expression.values:
            if operand is expression.values[-1]:
                parts.append(answer(operand))
                break
            truth = self.truth(operand)
            found = answer(operand)
            if truth is is_or:
                parts.append(found)
                break
            if truth is None:
                parts.append(true_part(found) if is_or else false_part(found))
        return union(parts)

    def _branches(self, expression: ast.IfExp) -> list[ast.expr]:
        truth = self.truth(expression.test)
        if truth is None:
            return [expression.body, expression.orelse]
        return [expression.body if truth else expression.orelse]

    # -- calls -----------------------------------------------------------------------------------------

    def _of_call(self, call: ast.Call) -> Range:
        callee = self._module.callee(call)
        if callee is None:
            return self._of_lookup(call)
        known = sizes.NUMBERS.get(callee)
        if known is not None:
            low, possible, none = known
            return self._guarded(ranges.at_least(low, possible=possible, none=none), call, None, None)
        if callee == "builtins.len" and len(call.args) == 1 and not call.keywords:
            return self.size(call.args[0])
        if callee in ("builtins.min", "builtins.max"):
            return self._of_extreme(call, ranges.minimum if callee == "builtins.min" else ranges.maximum)
        if callee in ("builtins.int", "builtins.float", "builtins.round", "math.ceil", "math.floor", "math.trunc"):
            return self._of_conversion(call, callee)
        if callee == "builtins.abs" and len(call.args) == 1:
            return ranges.absolute(self.value(call.args[0]))
        if callee == "builtins.bool":
            return self._of_truth(call)
        if callee == "builtins.sum" and call.args:
            return self._of_sum(call)
        if callee in ("builtins.pow", "math.pow") and len(call.args) == 2:
            return ranges.power(self.value(call.args[0]), self.value(call.args[1]))
        if callee == "random.randint" and len(call.args) == 2:
            return union(self.value(argument) for argument in call.args)
        function = self._module.instances.local_function(callee)
        if function is not None:
            if isinstance(function, ast.AsyncFunctionDef):
                return UNKNOWN
            return self._returned(function, "value")
        return self._of_lookup(call)

    def _of_lookup(self, call: ast.Call) -> Range:
        """`settings.get("workers", 4)`: the default is one number that it can be."""
        if (
            isinstance(call.func, ast.Attribute)
            and call.func.attr == "get"
            and len(call.args) == 2
            and not call.keywords
            and isinstance(call.args[0], ast.Constant)
        ):
            return union([UNKNOWN, self.value(call.args[1])])
        return UNKNOWN

    def _of_extreme(self, call: ast.Call, choose: Callable[[Sequence[Range]], Range]) -> Range:
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        if None in keywords or not call.args:
            return UNKNOWN
        if len(call.args) == 1:
            if isinstance(call.args[0], ast.Starred) or "key" in keywords:
                return UNKNOWN_NUMBER
            elements = self._elements(call.args[0], choose)
            if "default" not in keywords:
                return elements._replace(none=False)
            size = self.size(call.args[0])
            default = self.value(keywords["default"])
            if size.low > 0:
                return elements
            return union([elements, default if size.least == 0 else default.bounds_only()])
        given = [
            UNKNOWN_NUMBER if isinstance(argument, ast.Starred) else self.value(argument)._replace(none=False)
            for argument in call.args
        ]
        if "key" in keywords:
            return union(given).bounds_only()
        return choose(given)

    def _of_conversion(self, call: ast.Call, callee: str) -> Range:
        if not call.args:
            return exact(0)
        if callee == "builtins.round" and (len(call.args) > 1 or call.keywords):
            digits = self.value(call.args[1]) if len(call.args) > 1 else UNKNOWN
            rounding = self.value(call.args[0])
            if digits.low >= 0:
                return Range(_floor(rounding.low), _ceiling(rounding.high), *rounding.bounds_only()[2:])._replace(
                    none=False
                )
            return UNKNOWN_NUMBER
        if len(call.args) > 1 or call.keywords:
            return UNKNOWN_NUMBER._replace(whole=callee == "builtins.int")
        converted = self._converted(call.args[0])
        if callee == "builtins.float":
            return ranges.as_float(converted)
        return ranges.rounded(converted, _ROUNDING[callee])

    def _converted(self, expression: ast.expr) -> Range:
        """What a number, or the number that a text spells, can be."""
        text = self.literal(expression)
        if isinstance(text, (str, bytes)):
            return _spelled(text)
        default = self._environment_default(expression)
        if default is not None:
            return union([UNKNOWN_NUMBER, self._converted(default)])
        if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or):
            parts: list[Range] = []
            for operand in expression.values:
                found = self._converted(operand)
                fallback = self._environment_default(operand)
                if fallback is not None and self.truth(fallback) is False:
                    found = UNKNOWN_NUMBER
                elif not isinstance(self._text_of(operand), str):
                    found = ranges.truthy(found) if operand is not expression.values[-1] else found
                parts.append(found)
            return union(parts)._replace(none=False)
        if isinstance(expression, ast.IfExp):
            return union(self._converted(part) for part in self._branches(expression))._replace(none=False)
        if isinstance(expression, ast.Name):
            definitions = self._definitions(expression.id, expression)
            if len(definitions.sites) == 1:
                value = self._module.names.binding(definitions.sites[0]).value
                if value is not None and self._environment_default(value) is not None:
                    return (
                        self._converted(value).bounds_only() if self._tests(expression) else self._converted(value)
                    )
        return self.value(expression)._replace(none=False)

    def _text_of(self, expression: ast.expr) -> Constant | None:
        default = self._environment_default(expression)
        return self.literal(default if default is not None else expression)

    def _environment_default(self, expression: ast.expr) -> ast.expr | None:
        """The default that is given where an environment variable is read."""
        if not isinstance(expression, ast.Call) or self._module.callee(expression) not in sizes.ENVIRONMENT:
            return None
        return self._module.argument(expression, "default", 1)

    def _of_sum(self, call: ast.Call) -> Range:
        start = self._module.argument(call, "start", 1)
        first = self.value(start) if start is not None else exact(0)
        if isinstance(call.args[0], ast.Starred):
            return UNKNOWN_NUMBER
        size = self.size(call.args[0])
        elements = self._elements(call.args[0], union)
        total = ranges.multiply(elements.bounds_only()._replace(none=False), size)
        if elements.exact:
            total = ranges.multiply(elements, size)
        found = ranges.add(total, first)
        if not found.points and size.least == 0 and first.exact:
            found = union([found, first])
        return found

    def _elements(self, iterable: ast.expr, combine: Callable[[Sequence[Range]], Range]) -> Range:
        """What the items of an iterable can be; `combine` says what is wanted of those written out."""
        if isinstance(iterable, (ast.Tuple, ast.List, ast.Set)):
            if any(isinstance(element, ast.Starred) for element in iterable.elts) or not iterable.elts:
                return UNKNOWN
            return combine([self.value(element) for element in iterable.elts])
        if isinstance(iterable, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
            element = self.value(iterable.elt)
            return element if element.exact else element.bounds_only()
        if isinstance(iterable, ast.Call):
            callee = self._module.callee(iterable)
            if callee == "builtins.range":
                return self._range_items(iterable)
            if callee in sizes.SAME_SIZE and callee != "builtins.enumerate" and len(iterable.args) == 1:
                return self._elements(iterable.args[0], combine)
        if isinstance(iterable, ast.Name):
            written = self._written_out(iterable)
            if written is not None:
                return self._elements(written, combine)
        return UNKNOWN

    def _range_items(self, call: ast.Call) -> Range:
        """The items of `range(...)`; the first is possible wherever there is any."""
        if not 1 <= len(call.args) <= 3 or any(isinstance(argument, ast.Starred) for argument in call.args):
            return UNKNOWN_NUMBER._replace(whole=True)
        bounds = [self.value(argument)._replace(none=False) for argument in call.args]
        first = bounds[0] if len(bounds) > 1 else exact(0)
        stop = bounds[1] if len(bounds) > 1 else bounds[0]
        if len(bounds) == 3 and not (bounds[2].low > 0):
            return Range(min(first.low, stop.low), max(first.high, stop.high), whole=True)
        last = ranges.subtract(stop, exact(1))
        high = max(last.high, first.low)
        found = Range(first.low, high, first.least, first.most, whole=True)
        return found if first.exact and first.low <= high else found.bounds_only()

    # -- names -----------------------------------------------------------------------------------------

    def _definitions(self, name: str, place: ast.AST) -> _Definitions:
        """The binding sites that can give `name` its value at `place`."""
        module = self._module
        owner = module.scope_of(place).owner(name)
        if owner is None:
            return _Definitions((), None, False)
        sites = owner.bindings[name]
        runner: ast.AST = module.function_of(place) or module.tree
        if owner.node is runner and owner.kind in (ScopeKind.FUNCTION, ScopeKind.MODULE):
            assert isinstance(runner, (*_FUNCTIONS, ast.Module))
            flow = module.flow(runner)
            if runner is module.tree and len(sites) == 1 and self._is_bound_before(sites[0], place):
                return _Definitions(sites, flow, True)
            reaching = list(flow.definitions_reaching(name, place))
            foreign = [site for site in sites if (module.function_of(site) or module.tree) is not runner]
            foreign = [site for site in foreign if not isinstance(site, ast.arg)]
            own = [site for site in reaching if site in sites]
            return _Definitions([*own, *foreign], flow, not foreign and len(own) == len(reaching))
        if owner.kind in (ScopeKind.MODULE, ScopeKind.FUNCTION) and len(sites) > 1:
            return self._settled(name, owner, sites)
        elsewhere = owner.kind not in (ScopeKind.MODULE, ScopeKind.FUNCTION)
        return _Definitions(sites, None, len(sites) == 1, elsewhere, owner.kind is ScopeKind.FUNCTION)

    def _is_bound_before(self, site: ast.AST, place: ast.AST) -> bool:
        """Whether the module itself, under no condition, has run the one statement that binds a name."""
        module = self._module
        binding = site if isinstance(site, ast.stmt) else module.parent(site)
        if not isinstance(binding, _PLAIN_BINDINGS) or module.parent(binding) is not module.tree:
            return False
        if isinstance(binding, ast.AnnAssign) and binding.value is None:
            return False
        return (binding.end_lineno or binding.lineno) < getattr(place, "lineno", 0)

    def _settled(self, name: str, owner: Scope, sites: Sequence[ast.AST]) -> _Definitions:
        """What a name of the module holds for its functions: what is left when the module has run."""
        module = self._module
        if owner.kind is not ScopeKind.MODULE or any(module.function_of(site) is not None for site in sites):
            return _Definitions(sites, None, False)
        last = module.tree.body[-1]
        if any(module.statement(site) is last or last in module.ancestors(site) for site in sites):
            return _Definitions(sites, None, False)
        reaching = [site for site in module.flow(module.tree).definitions_reaching(name, last) if site in sites]
        return _Definitions(reaching or sites, None, bool(reaching))

    def _of_name(self, name: ast.Name, question: str) -> Range:
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        definitions = self._definitions(name.id, name)
        key = self._key(name)
        if not definitions.sites:
            unbound = self._module.qualname(name)
            return unknown if unbound is None else unknown.bounds_only()
        found: list[Range] = []
        for site in definitions.sites:
            one = self._of_site(site, question)
            if question == "size":
                one = self._grown(one, name)
            one = self._guarded(one, name, key, key if question == "size" else None)
            if not definitions.certain:
                one = one if one.exact and len(definitions.sites) == 1 else one.bounds_only()
            elif definitions.closure and not one.exact:
                # Whoever calls the inner function may have looked at the number before.
                one = one.bounds_only()
            elif key is not None and (one.points or len(definitions.sites) > 1) and not definitions.elsewhere:
                one = self._surviving(one, name, key, site, definitions, question)
            found.append(one)
        return union(found)

    def _of_site(self, site: ast.AST, question: str) -> Range:
        """What a name is by one of its binding sites."""
        answer = self.value if question == "value" else self.size
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        binding = self._module.names.binding(site)
        kind, value = binding.kind, binding.value
        if kind is BindingKind.PARAMETER:
            assert isinstance(site, ast.arg)
            return self._of_parameter(site, value, question)
        if kind is BindingKind.ASSIGNMENT and value is not None:
            return answer(value)
        if kind is BindingKind.AUGMENTED and value is not None:
            return self._of_augmented(site, value, question)
        if kind is BindingKind.LOOP and value is not None and question == "value":
            return self._elements(value, union)
        if kind is BindingKind.UNPACKED and isinstance(site, ast.Name):
            return self._of_unpacked(site, unknown)
        if kind in (BindingKind.DELETION, BindingKind.ANNOTATION):
            return NOTHING
        if kind is BindingKind.IMPORT and isinstance(site, ast.alias):
            constant = self._module.elsewhere.constant(self._module.names.imported(site))
            if question == "value":
                return UNKNOWN if constant is None else _of_constant(constant)
            return exact(len(constant)) if isinstance(constant, str) else ANY_SIZE
        if kind is BindingKind.CLASS and question == "size" and isinstance(site, ast.ClassDef):
            return self._enumeration_size(site)
        if kind in (BindingKind.LOOP, BindingKind.CONTEXT):
            return unknown
        return unknown.bounds_only()

    def _of_augmented(self, site: ast.AST, value: ast.expr, question: str) -> Range:
        """`n += 1`: what n was before, and then the operation."""
        statement = self._module.parent(site)
        assert isinstance(statement, ast.AugAssign) and isinstance(site, ast.Name)
        key = ("before", site)
        if key in self._asking:
            self._cut.add(key)
            return UNKNOWN_NUMBER if question == "value" else ANY_SIZE
        self._asking.add(key)
        try:
            before = self._of_name(site, question)
        finally:
            self._asking.discard(key)
            self._cut.discard(key)
        if question == "size":
            return ranges.add(before, self.size(value)) if isinstance(statement.op, ast.Add) else ANY_SIZE
        compute = _ARITHMETIC.get(type(statement.op))
        if compute is None:
            return UNKNOWN
        found = compute(before._replace(none=False), self.value(value)._replace(none=False))
        # In a loop the operation may be done any number of times: one turn is no evidence.
        return found.bounds_only() if self._module.loop_of(statement) is not None else found

    def _of_unpacked(self, site: ast.Name, unknown: Range) -> Range:
        """The counter of `for i, x in enumerate(xs)`; all else that is unpacked is unknown."""
        target = self._module.parent(site)
        loop = self._module.parent(target) if isinstance(target, ast.Tuple) else None
        if (
            isinstance(target, ast.Tuple)
            and isinstance(loop, (*_FOR_LOOPS, ast.comprehension))
            and target.elts[0] is site
            and unknown is UNKNOWN
            and isinstance(loop.iter, ast.Call)
            and self._module.callee(loop.iter) == "builtins.enumerate"
        ):
            start = self._module.argument(loop.iter, "start", 1)
            first = self.value(start) if start is not None else exact(0)
            return Range(first.low, math.inf, first.least, first.most, whole=True)
        return unknown

    # -- parameters and callers ------------------------------------------------------------------------

    def _of_parameter(self, site: ast.arg, default: ast.expr | None, question: str) -> Range:
        module = self._module
        arguments = module.parent(site)
        function = module.parent(arguments) if arguments is not None else None
        assert isinstance(arguments, ast.arguments)
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        if question == "value" and site.annotation is not None:
            annotated = module.instances.annotated_class(site.annotation)
            if annotated == "builtins.int":
                unknown = unknown._replace(whole=True)
        if site in (arguments.vararg, arguments.kwarg):
            return unknown
        if not isinstance(function, _FUNCTIONS) or module.instances.receiver_name(function) == site.arg:
            return unknown.bounds_only()
        if function in self._opaque:
            return unknown.bounds_only()
        answer = self.value if question == "value" else self.size
        calls, complete = self._callers(function)
        if not calls and complete:
            return unknown.bounds_only()
        elsewhere: list[Range] = []
        if self._given is not None and not complete and self._is_plain(function):
            for one in self._given(function, site, self._position(function, site), question):
                if one is None:
                    one = unknown.bounds_only() if default is None else answer(default)
                elsewhere.append(one)
        if not calls and not elsewhere:
            if default is None:
                return unknown
            given = answer(default)
            return union([unknown, given if self._is_plain(function) else given.bounds_only()])
        found: list[Range] = []
        for call in calls:
            argument = self._argument(call, function, site)
            if argument is not None:
                found.append(answer(argument))
            elif module.has_unpacking(call) or default is None:
                found.append(unknown.bounds_only())
            else:
                found.append(answer(default))
        # Callers elsewhere may give anything, but what this module gives is what the code shows.
        return union(found if complete else [unknown.bounds_only(), *found, *elsewhere])

    def _argument(self, call: ast.Call, function: FunctionNode, parameter: ast.arg) -> ast.expr | None:
        """What a call of a function of this module gives for one of its parameters."""
        return self._module.argument(call, parameter.arg, self._position(function, parameter))

    def _position(self, function: FunctionNode, parameter: ast.arg) -> int | None:
        """The 0-based position of a parameter in a call, the receiver not counted; None: by name only."""
        positional = [*function.args.posonlyargs, *function.args.args]
        position = positional.index(parameter) if parameter in positional else None
        if position is not None and self._module.instances.receiver_name(function) is not None:
            position -= 1
        return position

    def _is_plain(self, function: FunctionNode) -> bool:
        """Whether no decorator can give the function other arguments than its callers do."""
        return all(
            self._module.qualname(decorator) in sizes.TRANSPARENT_DECORATORS
            for decorator in function.decorator_list
        )

    def _callers(self, function: FunctionNode) -> tuple[list[ast.Call], bool]:
        """The calls of a function in this module, and whether nobody else can call it."""
        found = self._called_from.get(function)
        if found is None:
            found = self._called_from[function] = self._find_callers(function)
        return found

    def _find_callers(self, function: FunctionNode) -> tuple[list[ast.Call], bool]:
        module = self._module
        name = function.name
        holder = module.class_of(function)
        complete = name.startswith("_") and not name.endswith("__")
        complete = complete or (holder is None and module.function_of(function) is not None)
        complete = complete and self._is_plain(function)
        calls: list[ast.Call] = []
        if holder is not None:
            named: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
            alone = sum(other.name == name for other in named) == 1
            if any(name in module.scope_of(use).bindings for use in self._uses_of(name)):
                complete = False
            for attribute in self._module.attributes_named(name):
                call = module.parent(attribute)
                called = isinstance(call, ast.Call) and call.func is attribute
                if not called or not alone or not complete:
                    own = (
                        isinstance(call, ast.Call)
                        and called
                        and module.callee(call) == module.definition(function)
                    )
                    if not own:
                        complete = False
                        continue
                receiver = module.qualname(attribute.value)
                through_class = receiver is not None and module.instances.local_class(receiver) is not None
                if through_class and module.instances.receiver_name(function) is not None:
                    complete = False
                elif isinstance(call, ast.Call):
                    calls.append(call)
            return calls, complete
        for use in self._uses_of(name):
            owner = module.scope_of(use).owner(name)
            if owner is None or function not in owner.bindings[name]:
                continue
            parent = module.parent(use)
            if len(owner.bindings[name]) > 1:
                return [], False
            if isinstance(parent, ast.Call) and parent.func is use:
                calls.append(parent)
            else:
                complete = False
        return calls, complete

    def _uses_of(self, name: str) -> list[ast.Name]:
        if self._uses is None:
            self._uses = {}
            for use in self._module.nodes(ast.Name):
                if isinstance(use.ctx, ast.Load):
                    self._uses.setdefault(use.id, []).append(use)
        return self._uses.get(name, [])

    def _returned(self, function: FunctionNode, question: str) -> Range:
        """What a call of a function of this module gives, whatever it is called with."""
        module = self._module
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        if not self._is_plain(function) and not self._is_property(function):
            return unknown
        returns: list[ast.expr] = []
        for node in module.own_nodes(function):
            if isinstance(node, (ast.Yield, ast.YieldFrom)):
                return unknown
            if isinstance(node, ast.Return) and node.value is not None:
                returns.append(node.value)
        if not returns or function in self._opaque:
            return unknown.bounds_only()
        answer = self.value if question == "value" else self.size
        self._opaque.append(function)
        try:
            found = union([answer(value) for value in returns])
        finally:
            self._opaque.pop()
        holder = module.class_of(function)
        if holder is not None and self._overridden(holder, function.name):
            return found.bounds_only()
        return found

    def _of_awaited(self, expression: ast.Await, question: str) -> Range | None:
        if not isinstance(expression.value, ast.Call):
            return None
        function = self._module.called_function(expression.value)
        return self._returned(function, question) if isinstance(function, ast.AsyncFunctionDef) else None

    # -- attributes and items --------------------------------------------------------------------------

    def _of_attribute(self, attribute: ast.Attribute, question: str) -> Range:
        module = self._module
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        answer = self.value if question == "value" else self.size
        member = self._enumeration_member(attribute)
        if member is not None:
            return answer(member)
        qualified = module.qualname(attribute)
        if qualified is not None:
            owner, _, name = qualified.rpartition(".")
            node = module.instances.local_class(owner)
            if node is not None and not sizes.ENUM_BASES.isdisjoint(module.instances.ancestry(owner)):
                return unknown.bounds_only()
            if node is not None:
                return self._of_member(node, name, False, question)
            if question == "size":
                known = sizes.VARIABLE_SIZES.get(qualified)
                if known is not None:
                    return ranges.at_least(known, possible=False)
            elif qualified in sizes.CONSTANTS:
                return exact(sizes.CONSTANTS[qualified])
            constant = module.elsewhere.constant(qualified)
            if constant is None and name == "value":
                constant = module.elsewhere.constant(owner)
            if constant is None:
                return unknown.bounds_only()
            if question == "value":
                return _of_constant(constant)
            return exact(len(constant)) if isinstance(constant, str) else ANY_SIZE
        class_name = module.instance_of(attribute.value)
        if class_name is None:
            return unknown
        for ancestor in module.instances.ancestry(class_name):
            node = module.instances.local_class(ancestor)
            if node is not None:
                members = module.members(node)
                if attribute.attr in members.methods:
                    method = members.methods[attribute.attr]
                    return self._returned(method, question) if self._is_property(method) else unknown.bounds_only()
                if attribute.attr in members.attributes:
                    given = self._field_of_made(attribute, node)
                    if given is not None:
                        return answer(given)
                    return self._of_member(node, attribute.attr, True, question)
            else:
                constant = module.elsewhere.constant(f"{ancestor}.{attribute.attr}")
                if constant is not None and question == "value":
                    return _of_constant(constant)
        return unknown

    def _is_property(self, method: FunctionNode) -> bool:
        return any(self._module.qualname(decorator) in sizes.PROPERTIES for decorator in method.decorator_list)

    def _of_member(self, node: ast.ClassDef, name: str, through_instance: bool, question: str) -> Range:
        """What an attribute of a class of this module is, by all that the class stores in it."""
        module = self._module
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        bindings = module.members(node).attributes.get(name)
        if not bindings:
            return unknown.bounds_only()
        answer = self.value if question == "value" else self.size
        found: list[Range] = []
        for binding, _ in bindings:
            if binding.kind is BindingKind.ANNOTATION:
                continue
            if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
                found.append(unknown.bounds_only())
                continue
            default = self._field_default(binding.value)
            one = answer(default) if default is not None else answer(binding.value)
            if through_instance and binding.annotation is not None and self._has_fields(node):
                one = union([unknown.bounds_only(), one])
            found.append(one)
        if not found:
            return unknown
        result = union(found)
        if question == "size":
            loads = [use for use in self._module.attributes_named(name) if isinstance(use.ctx, ast.Load)]
            result = self._widened(result, [use for use in loads if self._may_change(use)])
        if self._stored_outside(name, bindings):
            result = union([unknown.bounds_only(), result.bounds_only()])
        if len(found) > 1 or self._overridden(node, name) or self._changed_in_module(name, question):
            return result.bounds_only()
        return result

    def _is_growing(self, value: ast.expr) -> bool:
        """Whether a value is a collection that others may put items into."""
        if isinstance(value, (ast.List, ast.Dict, ast.Set)):
            return True
        return isinstance(value, ast.Call) and self._module.callee(value) in _EMPTY_CALLS

    def _changed_in_module(self, name: str, question: str) -> bool:
        """Whether an attribute's collection is changed in place, or handed on, anywhere in this module."""
        if question != "size":
            return False
        for attribute in self._module.attributes_named(name):
            if isinstance(attribute.ctx, ast.Load) and self._may_change(attribute):
                return True
        return False

    def _stored_outside(self, name: str, bindings: Sequence[tuple[Binding, FunctionNode | None]]) -> bool:
        sites = {binding.site for binding, _ in bindings}
        return any(
            not isinstance(attribute.ctx, ast.Load) and attribute not in sites
            for attribute in self._module.attributes_named(name)
        )

    def _overridden(self, node: ast.ClassDef, name: str) -> bool:
        """Whether a subclass in this module gives the name another meaning."""
        module = self._module
        own = module.definition(node)
        for other in module.nodes(ast.ClassDef):
            if other is node or own not in module.instances.ancestry(module.definition(other)):
                continue
            members = module.members(other)
            if name in members.methods or name in members.attributes:
                return True
        return False

    def _has_fields(self, node: ast.ClassDef) -> bool:
        """Whether annotated attributes of a class are arguments of its constructor."""
        module = self._module
        for decorator in node.decorator_list:
            called = uncalled(decorator)
            if module.qualname(called) in sizes.FIELD_DECORATORS:
                return True
        ancestry = module.instances.ancestry(module.definition(node))
        return not sizes.FIELD_BASES.isdisjoint(ancestry)

    def _field_default(self, value: ast.expr) -> ast.expr | None:
        """The default in `field(default=4)` or `Field(4)`."""
        if not isinstance(value, ast.Call) or self._module.callee(value) not in sizes.FIELD_CALLS:
            return None
        callee = self._module.callee(value) or ""
        positional = 0 if callee.startswith(("pydantic", "sqlmodel")) else None
        return self._module.argument(value, "default", positional)

    def _field_of_made(self, attribute: ast.Attribute, node: ast.ClassDef) -> ast.expr | None:
        """The default of a field of `Limits()`, or of the only object that a name is, where it is not given."""
        module = self._module
        made: ast.expr | None = attribute.value
        if isinstance(made, ast.Name):
            definitions = self._definitions(made.id, made)
            if len(definitions.sites) != 1 or not definitions.certain:
                return None
            made = module.names.binding(definitions.sites[0]).value
        if not isinstance(made, ast.Call) or module.has_unpacking(made) or made.args:
            return None
        if module.qualname(made.func) != module.definition(node):
            return None
        if any(keyword.arg == attribute.attr for keyword in made.keywords):
            return None
        if "__init__" in module.members(node).methods or "__post_init__" in module.members(node).methods:
            return None
        ancestry = module.instances.ancestry(module.definition(node))
        if any(base.startswith("pydantic") and base.endswith("BaseSettings") for base in ancestry):
            return None
        bindings = module.members(node).attributes[attribute.attr]
        if len(bindings) != 1 or self._stored_outside(attribute.attr, bindings):
            return None
        value = bindings[0][0].value
        if value is None:
            return None
        if isinstance(value, ast.Call) and module.callee(value) in sizes.FIELD_CALLS:
            return self._field_default(value)
        return value

    def _enumeration_member(self, attribute: ast.Attribute) -> ast.expr | None:
        """The value of `Size.SMALL.value`, or of `Size.SMALL` where the member is itself a number or a text."""
        module = self._module
        member: ast.expr = attribute
        through_value = attribute.attr == "value"
        if through_value:
            member = attribute.value
        qualified = module.qualname(member)
        if qualified is None:
            return None
        owner, _, name = qualified.rpartition(".")
        node = module.instances.local_class(owner)
        if node is None:
            return None
        ancestry = module.instances.ancestry(owner)
        if sizes.ENUM_BASES.isdisjoint(ancestry):
            return None
        if not through_value and sizes.ENUM_MIXINS.isdisjoint(ancestry):
            return None
        bindings = module.members(node).attributes.get(name, [])
        return bindings[0][0].value if len(bindings) == 1 else None

    def _enumeration_size(self, node: ast.ClassDef) -> Range:
        module = self._module
        if sizes.ENUM_BASES.isdisjoint(module.instances.ancestry(module.definition(node))):
            return ANY_SIZE
        members = [
            name
            for name, bindings in module.members(node).attributes.items()
            if not name.startswith("_") and any(binding.value is not None for binding, _ in bindings)
        ]
        return Range(min(1, len(members)), len(members), whole=True) if len(members) != 1 else exact(1)

    def _of_item(self, expression: ast.Subscript) -> Range:
        """An item of a collection that is written out: `SIZES[0]`, `LIMITS["small"]`."""
        item = self._item(expression)
        return self.value(item) if item is not None else UNKNOWN

    def _item(self, expression: ast.Subscript) -> ast.expr | None:
        index = self.literal(expression.slice)
        if index is None:
            return None
        collection: ast.expr | None = expression.value
        if isinstance(collection, ast.Name):
            collection = self._written_out(collection)
        if isinstance(collection, ast.Dict):
            found: ast.expr | None = None
            for key, value in zip(collection.keys, collection.values, strict=True):
                if key is None:
                    return None
                if self.literal(key) == index:
                    found = value
            return found
        if isinstance(collection, (ast.Tuple, ast.List)) and isinstance(index, int):
            if any(isinstance(element, ast.Starred) for element in collection.elts):
                return None
            if -len(collection.elts) <= index < len(collection.elts):
                return collection.elts[index]
        return None

    def _written_out(self, name: ast.Name) -> ast.expr | None:
        """The collection that a name is, where it is written out and nothing in this module can change it."""
        definitions = self._definitions(name.id, name)
        if len(definitions.sites) != 1 or not definitions.certain:
            return None
        binding = self._module.names.binding(definitions.sites[0])
        value = binding.value
        if binding.kind is not BindingKind.ASSIGNMENT or not isinstance(
            value, (ast.Tuple, ast.List, ast.Set, ast.Dict)
        ):
            return None
        if not isinstance(value, ast.Tuple) and self._changed_anywhere(name):
            return None
        return value

    def _grown(self, found: Range, name: ast.Name) -> Range:
        """The size of a collection that was bound with `found` items and may be changed in place since."""
        if found.empty or (found.low == 0 and found.high == math.inf):
            return found
        owner = self._module.owner_of(name)
        uses = [use for use in self._uses_of(name.id) if self._module.scope_of(use).owner(name.id) is owner]
        return self._widened(found, [use for use in uses if self._may_change(use)])

    def _widened(self, found: Range, changing: Sequence[ast.expr]) -> Range:
        """What a size can become by these uses of the collection; what was possible before still is."""
        if not changing or found.empty:
            return found
        low = found.low if all(self._only_fills(use) for use in changing) else 0
        return Range(low, math.inf, found.least, found.most, whole=True, dense=False, none=found.none)

    def _only_fills(self, use: ast.expr) -> bool:
        """Whether a use of a collection puts items into it and takes none away."""
        parent = self._module.parent(use)
        if isinstance(parent, ast.Attribute):
            return parent.attr in sizes.FILLING_METHODS or parent.attr in sizes.GROWING_METHODS
        return isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)

    def _changed_anywhere(self, name: ast.Name) -> bool:
        """Whether the collection that a name is may be changed in place anywhere in the module."""
        owner = self._module.owner_of(name)
        return any(
            self._module.scope_of(use).owner(name.id) is owner and self._may_change(use)
            for use in self._uses_of(name.id)
        )

    # -- sizes -----------------------------------------------------------------------------------------

    def _size(self, expression: ast.expr) -> Range:
        key = self._key(expression)
        if key is not None:
            assumed = self._assumed.get(_SIZE + key)
            if assumed is not None:
                return assumed
        if isinstance(expression, ast.Name):
            found = self._of_name(expression, "size")
            return self._module_collection(expression, found)
        found = self._size_of(expression)
        if key is not None and isinstance(expression, (ast.Attribute, ast.Subscript)):
            found = self._guarded(found, expression, key, key)
            if found.points and self._looked_at_by_callers(expression):
                found = found.bounds_only()
            if found.points:
                found = self._surviving(found, expression, key, None, None, "size")
        return found

    def _looked_at_by_callers(self, expression: ast.expr) -> bool:
        """Whether every caller in this module tests an attribute of the same name before the call."""
        function = self._module.function_of(expression)
        if not isinstance(expression, ast.Attribute) or not isinstance(function, _FUNCTIONS):
            return False
        calls, _ = self._callers(function)
        return bool(calls) and all(
            any(
                isinstance(node, ast.Attribute) and node.attr == expression.attr
                for test, _ in self._tests(call)
                for node in ast.walk(test)
            )
            for call in calls
        )

    def _module_collection(self, name: ast.Name, found: Range) -> Range:
        """A list or dictionary of the module is filled by whoever imports it: that it is empty is no evidence."""
        owner = self._module.owner_of(name)
        if owner is None or owner.kind is not ScopeKind.MODULE or self._module.function_of(name) is None:
            return found
        sites = owner.bindings[name.id]
        values = [self._module.names.binding(site).value for site in sites]
        if not any(value is not None and self._is_growing(value) for value in values):
            return found
        if self._changed_anywhere(name):
            return Range(0 if found.low == 0 else min(found.low, 1), math.inf, whole=True)
        return found.bounds_only() if found.low == 0 else found

    def _size_of(self, expression: ast.expr) -> Range:
        if isinstance(expression, ast.Constant):
            if isinstance(expression.value, (str, bytes)):
                return exact(len(expression.value))
            return NONE if expression.value is None else ANY_SIZE
        if isinstance(expression, (ast.Tuple, ast.List)):
            return self._total([self._count(element) for element in expression.elts])
        if isinstance(expression, ast.Set):
            return self._merged([self._count(element) for element in expression.elts], expression.elts)
        if isinstance(expression, ast.Dict):
            counts = [
                exact(1) if key is not None else self.size(value)
                for key, value in zip(expression.keys, expression.values, strict=True)
            ]
            return self._merged(counts, [key for key in expression.keys if key is not None])
        if isinstance(expression, _COMPREHENSIONS):
            return self._size_of_comprehension(expression)
        if isinstance(expression, ast.JoinedStr):
            constant = sum(
                len(part.value)
                for part in expression.values
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            return ranges.at_least(constant, possible=False)
        if isinstance(expression, ast.Call):
            return self._size_of_call(expression)
        if isinstance(expression, ast.Await):
            return self._of_awaited(expression, "size") or COLLECTION_SIZE
        if isinstance(expression, ast.NamedExpr):
            return self.size(expression.value)
        if isinstance(expression, ast.IfExp):
            return union(self.size(part) for part in self._branches(expression))
        if isinstance(expression, ast.BoolOp):
            return self._of_choice(expression, self.size, ranges.truthy, ranges.falsy)
        if isinstance(expression, ast.BinOp):
            return self._size_of_operation(expression)
        if isinstance(expression, ast.Attribute):
            return self._of_attribute(expression, "size")
        if isinstance(expression, ast.Subscript):
            return self._size_of_item(expression)
        return ANY_SIZE

    def _count(self, element: ast.expr) -> Range:
        return self.size(element.value) if isinstance(element, ast.Starred) else exact(1)

    def _total(self, counts: Sequence[Range]) -> Range:
        found = exact(0)
        for count in counts:
            found = ranges.add(found, count)
        return found

    def _merged(self, counts: Sequence[Range], written: Sequence[ast.expr]) -> Range:
        """The size of a set or dictionary: equal items count once."""
        total = self._total(counts)
        constants = [element.value for element in written if isinstance(element, ast.Constant)]
        if len(constants) == len(counts) and len(set(constants)) == len(constants):
            return total
        if len(counts) <= 1:
            return total
        return ranges.whole_numbers(min(1, total.low), total.high, zero=total.least == 0)

    def _size_of_comprehension(
        self, expression: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    ) -> Range:
        found = exact(1)
        filtered = False
        for generator in expression.generators:
            found = ranges.multiply(found, self.size(generator.iter))
            filtered = filtered or any(self.truth(test) is not True for test in generator.ifs)
        if len(expression.generators) == 1 and not filtered:
            found = self.size(expression.generators[0].iter)
        if filtered:
            # The filter may let nothing through: that is what it is for.
            found = Range(0, found.high, 0, 0, whole=True, dense=found.high == math.inf)
        if isinstance(expression, (ast.SetComp, ast.DictComp)) and found.low > 1:
            found = Range(1, found.high, whole=True)
        return found._replace(none=False)

    def _size_of_call(self, call: ast.Call) -> Range:
        module = self._module
        callee = module.callee(call)
        first = call.args[0] if call.args and not isinstance(call.args[0], ast.Starred) else None
        if callee is not None:
            known = sizes.SIZES.get(callee)
            if known is not None:
                return ranges.at_least(known, possible=callee in sizes.SMALLEST_SIZES)
            if callee in _EMPTY_CALLS and not call.args and not call.keywords:
                return exact(0)
            if callee in sizes.SAME_SIZE and first is not None:
                size = self.size(first)
                bounded = len(call.args) > 1 or any(keyword.arg == "maxlen" for keyword in call.keywords)
                return size.bounds_only() if bounded and callee == "collections.deque" else size
            if callee in sizes.FEWER_ITEMS and callee.startswith("builtins."):
                given = self._size_of_fewer(call, first)
                if given is not None:
                    return given
            if callee == "builtins.range":
                return self._size_of_range(call)
            if (
                callee == "builtins.zip"
                and call.args
                and not any(isinstance(one, ast.Starred) for one in call.args)
            ):
                return ranges.minimum([self.size(argument)._replace(none=False) for argument in call.args])
            if callee == "builtins.str":
                return ANY_SIZE
            function = module.instances.local_function(callee)
            if function is not None and not isinstance(function, ast.AsyncFunctionDef):
                return self._returned(function, "size")
        if isinstance(call.func, ast.Attribute):
            method = call.func.attr
            text = (
                self.literal(call.func.value) if method in sizes.METHOD_SIZES or method == "splitlines" else None
            )
            separators = [self.literal(argument) for argument in call.args]
            if isinstance(text, str) and not call.keywords and all(isinstance(one, str) for one in separators):
                return self._size_of_split(text, method, cast("list[str]", separators))
            least = sizes.METHOD_SIZES.get(method)
            if least is not None and (separators or call.keywords):
                separator = module.argument(call, "sep", 0)
                if separator is not None and not (isinstance(separator, ast.Constant) and separator.value is None):
                    return ranges.at_least(least, possible=False)
            if method in sizes.SAME_SIZE_METHODS and not call.args and not call.keywords:
                return self.size(call.func.value)
        return COLLECTION_SIZE

    def _size_of_split(self, text: str, method: str, separators: list[str]) -> Range:
        if len(text) > _LONGEST_TEXT:
            return ANY_SIZE
        try:
            return exact(len(getattr(text, method)(*separators)))
        except (TypeError, ValueError):
            return ANY_SIZE

    def _size_of_fewer(self, call: ast.Call, first: ast.expr | None) -> Range | None:
        """The size of `set(xs)`, `frozenset(xs)`, `dict(xs, key=value)`."""
        named = sum(keyword.arg is not None for keyword in call.keywords)
        if first is None:
            if call.args or len(call.keywords) > named:
                return None
            return exact(named)
        size = self.size(first)
        found = Range(min(1, size.low), size.high, size.least, size.most, True, size.dense)
        found = clipped(found, 0) if size.least <= 1 else found.bounds_only()
        return ranges.at_least(1, possible=False) if named else found

    def _size_of_range(self, call: ast.Call) -> Range:
        bounds = [
            UNKNOWN_NUMBER if isinstance(argument, ast.Starred) else self.value(argument)._replace(none=False)
            for argument in call.args
        ]
        if len(bounds) == 1:
            return ranges.maximum([exact(0), bounds[0]])._replace(whole=True)
        if len(bounds) == 2:
            return ranges.maximum([exact(0), ranges.subtract(bounds[1], bounds[0])])._replace(whole=True)
        if len(bounds) == 3 and all(bound.exact for bound in bounds) and bounds[2].low != 0:
            first, stop, step = (int(bound.low) for bound in bounds)
            return exact(len(range(first, stop, step)))
        return ANY_SIZE

    def _size_of_operation(self, expression: ast.BinOp) -> Range:
        chain: list[ast.BinOp] = []
        inner: ast.expr = expression
        while isinstance(inner, ast.BinOp):
            chain.append(inner)
            inner = inner.left
        found = self.size(inner)
        for operation in reversed(chain):
            if isinstance(operation.op, ast.Add):
                found = ranges.add(found, self.size(operation.right))
            elif isinstance(operation.op, ast.Mult):
                times = ranges.maximum([exact(0), self.value(operation.right)])
                found = ranges.multiply(found, times)._replace(whole=True)
            elif isinstance(operation.op, ast.BitOr):
                other = self.size(operation.right)
                both = found.least == 0 and other.least == 0
                found = ranges.whole_numbers(max(found.low, other.low), found.high + other.high, zero=both)
            else:
                found = ANY_SIZE
        return found

    def _size_of_item(self, expression: ast.Subscript) -> Range:
        if not isinstance(expression.slice, ast.Slice):
            item = self._item(expression)
            return self.size(item) if item is not None else COLLECTION_SIZE
        whole = self.size(expression.value)
        part = expression.slice
        if part.lower is None and part.step is None and part.upper is not None:
            stop = self.value(part.upper)
            if stop.low >= 0:
                return ranges.minimum([whole._replace(none=False), stop._replace(none=False)])
        if part.lower is None and part.upper is None and part.step is None:
            return whole
        return ranges.whole_numbers(0, whole.high, zero=whole.least == 0)

    # -- truth -----------------------------------------------------------------------------------------

    def _truth(self, expression: ast.expr) -> bool | None:
        if isinstance(expression, ast.Constant):
            return bool(expression.value)
        if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.Not):
            inner = self.truth(expression.operand)
            return None if inner is None else not inner
        if isinstance(expression, ast.BoolOp):
            return self._truth_of_all(expression)
        if isinstance(expression, ast.Compare):
            return self._truth_of_comparison(expression)
        if isinstance(expression, ast.NamedExpr):
            return self.truth(expression.value)
        if isinstance(expression, ast.IfExp):
            truths = {self.truth(part) for part in self._branches(expression)}
            return truths.pop() if len(truths) == 1 else None
        if isinstance(expression, (ast.Lambda, ast.GeneratorExp)):
            return True
        if isinstance(expression, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr)):
            return _truth_of_size(self.size(expression))
        if isinstance(expression, (ast.ListComp, ast.SetComp, ast.DictComp)):
            return _truth_of_size(self.size(expression))
        if isinstance(expression, ast.Call) and len(expression.args) == 1 and not expression.keywords:
            if self._module.callee(expression) == "builtins.bool":
                return self.truth(expression.args[0])
        if isinstance(expression, (ast.Name, ast.Attribute)):
            tested = self._tested(expression)
            if tested is not None:
                return tested
            literal = self.literal(expression)
            if literal is not None:
                return bool(literal)
        number = _truth_of_number(self.value(expression))
        if number is not None or isinstance(expression, ast.Call):
            return number
        if isinstance(expression, (ast.Name, ast.Attribute, ast.Subscript)):
            key = self._key(expression)
            if key is not None and _SIZE + key in self._assumed:
                return _truth_of_size(self._assumed[_SIZE + key])
            if isinstance(expression, ast.Name) and self._is_collection(expression):
                return _truth_of_size(self.size(expression))
        return None

    def _is_collection(self, name: ast.Name) -> bool:
        """Whether all that a name can be is a collection or text that is written out."""
        definitions = self._definitions(name.id, name)
        values = [self._module.names.binding(site) for site in definitions.sites]
        return bool(values) and all(
            binding.kind is BindingKind.ASSIGNMENT
            and isinstance(
                binding.value,
                (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.JoinedStr),
            )
            for binding in values
        )

    def _tested(self, expression: ast.expr) -> bool | None:
        """The outcome of a test of the very same thing that holds where the expression stands."""
        key = self._key(expression)
        if key is None or key in self._assumed or _SIZE + key in self._assumed:
            return None
        for test, outcome in self._tests(expression):
            if test is not expression and self._key(test) == key:
                return outcome
        return None

    def _truth_of_all(self, expression: ast.BoolOp) -> bool | None:
        ends = isinstance(expression.op, ast.Or)
        certain = True
        for operand in expression.values:
            truth = self.truth(operand)
            if truth is ends:
                return ends
            certain = certain and truth is not None
        return (not ends) if certain else None

    def _truth_of_comparison(self, expression: ast.Compare) -> bool | None:
        operands = [expression.left, *expression.comparators]
        certain = True
        for number, operator in enumerate(expression.ops):
            truth = self._compared(operands[number], operator, operands[number + 1])
            if truth is False:
                return False
            certain = certain and truth is True
        return True if certain else None

    def _compared(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> bool | None:
        kind = type(operator)
        if kind in (ast.Is, ast.IsNot):
            if isinstance(right, ast.Constant) and right.value is None:
                found = self._is_none(left)
                return found if found is None or kind is ast.Is else not found
            return None
        if kind in (ast.Eq, ast.NotEq):
            empty = self._compared_to_empty(left, right)
            if empty is None:
                empty = self._compared_to_empty(right, left)
            if empty is not None:
                return empty if kind is ast.Eq else not empty
            one, other = self.literal(left), self.literal(right)
            if one is not None and other is not None:
                return (one == other) is (kind is ast.Eq)
        if kind in (ast.In, ast.NotIn):
            key = self._key(right)
            if key is not None and _SIZE + key in self._assumed and self._assumed[_SIZE + key].high == 0:
                return kind is ast.NotIn
            return None
        return ranges.compared(self.value(left), kind, self.value(right))

    def _compared_to_empty(self, collection: ast.expr, empty: ast.expr) -> bool | None:
        """What `jobs == []` gives where the size of `jobs` is assumed."""
        key = self._key(collection)
        if key is None or not self._is_empty_literal(empty):
            return None
        assumed = self._assumed.get(_SIZE + key)
        if assumed is None:
            return None
        truth = _truth_of_size(assumed)
        return None if truth is None else not truth

    def _is_none(self, expression: ast.expr) -> bool | None:
        if isinstance(expression, (ast.Tuple, ast.List, ast.Dict, ast.Set, ast.JoinedStr)):
            return False
        key = self._key(expression)
        if key is not None and _SIZE + key in self._assumed:
            return False
        found = self.value(expression)
        if found.empty:
            return True if found.none else None
        if found.low == -math.inf and found.high == math.inf:
            return False if self.literal(expression) is not None else None
        return None if found.none else False

    def _is_empty_literal(self, expression: ast.expr) -> bool:
        if isinstance(expression, (ast.Tuple, ast.List)):
            return not expression.elts
        if isinstance(expression, ast.Dict):
            return not expression.keys
        if isinstance(expression, ast.Constant):
            return expression.value in ("", b"") and not isinstance(expression.value, (int, float))
        return (
            isinstance(expression, ast.Call)
            and not expression.args
            and not expression.keywords
            and self._module.callee(expression) in _EMPTY_CALLS
        )

    # -- literals --------------------------------------------------------------------------------------

    def _literal(self, expression: ast.expr) -> Constant | None:
        if isinstance(expression, ast.Constant):
            value = expression.value
            return value if isinstance(value, (int, float, str, bytes, bool)) else None
        if isinstance(expression, ast.JoinedStr):
            return self._literal_text(expression)
        if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
            joined = self._literal_sum(expression)
            if joined is not None:
                return joined
        if isinstance(expression, ast.IfExp):
            found = [self.literal(part) for part in self._branches(expression)]
            return _agreed(found)
        if isinstance(expression, ast.NamedExpr):
            return self.literal(expression.value)
        if isinstance(expression, ast.Name):
            return self._literal_of_name(expression)
        if isinstance(expression, ast.Attribute):
            return self._literal_of_attribute(expression)
        if isinstance(expression, ast.Subscript):
            item = self._item(expression) if not isinstance(expression.slice, ast.Slice) else None
            return self.literal(item) if item is not None else None
        if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or):
            for operand in expression.values:
                truth = self.truth(operand)
                if truth is not False or operand is expression.values[-1]:
                    return self.literal(operand) if truth is not None else None
        if isinstance(expression, (ast.BinOp, ast.UnaryOp, ast.Call)):
            if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.Not):
                return self.truth(expression)
            number = self.value(expression)
            if number.exact:
                return int(number.low) if number.whole else float(number.low)
        return None

    def _literal_text(self, expression: ast.JoinedStr) -> str | None:
        parts: list[str] = []
        for part in expression.values:
            if isinstance(part, ast.FormattedValue):
                if part.format_spec is not None or part.conversion not in (-1, ord("s")):
                    return None
                value = self.literal(part.value)
                if not isinstance(value, (str, int)):
                    return None
                parts.append(str(value))
            elif isinstance(part, ast.Constant):
                parts.append(str(part.value))
        text = "".join(parts)
        return text if len(text) <= _LONGEST_TEXT else None

    def _literal_sum(self, expression: ast.BinOp) -> str | None:
        parts: list[str] = []
        inner: ast.expr = expression
        while isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add):
            right = self.literal(inner.right)
            if not isinstance(right, str):
                return None
            parts.append(right)
            inner = inner.left
        first = self.literal(inner)
        if not isinstance(first, str):
            return None
        text = "".join([first, *reversed(parts)])
        return text if len(text) <= _LONGEST_TEXT else None

    def _literal_of_name(self, name: ast.Name) -> Constant | None:
        definitions = self._definitions(name.id, name)
        if not definitions.certain:
            return None
        found: list[Constant | None] = []
        for site in definitions.sites:
            binding = self._module.names.binding(site)
            if binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                found.append(self.literal(binding.value))
            elif binding.kind is BindingKind.IMPORT and isinstance(site, ast.alias):
                found.append(self._module.elsewhere.constant(self._module.names.imported(site)))
            elif binding.kind is BindingKind.PARAMETER and isinstance(site, ast.arg):
                found.append(self._literal_of_parameter(site, binding.value))
            elif binding.kind is BindingKind.AUGMENTED:
                number = self.value(name)
                exactly = number.exact and len(definitions.sites) == 1
                found.append((int if number.whole else float)(number.low) if exactly else None)
            elif binding.kind is not BindingKind.ANNOTATION:
                found.append(None)
        return _agreed(found)

    def _literal_of_parameter(self, site: ast.arg, default: ast.expr | None) -> Constant | None:
        module = self._module
        arguments = module.parent(site)
        function = module.parent(arguments) if arguments is not None else None
        assert isinstance(arguments, ast.arguments)
        if not isinstance(function, _FUNCTIONS) or site in (arguments.vararg, arguments.kwarg):
            return None
        if module.instances.receiver_name(function) == site.arg:
            return None
        calls, complete = self._callers(function)
        if not calls or not complete or function in self._opaque:
            return None
        found: list[Constant | None] = []
        for call in calls:
            argument = self._argument(call, function, site)
            if argument is None and module.has_unpacking(call):
                return None
            given = argument if argument is not None else default
            found.append(self.literal(given) if given is not None else None)
        return _agreed(found)

    def _literal_of_attribute(self, attribute: ast.Attribute) -> Constant | None:
        module = self._module
        member = self._enumeration_member(attribute)
        if member is not None:
            return self.literal(member)
        qualified = module.qualname(attribute)
        if qualified is not None:
            owner, _, name = qualified.rpartition(".")
            node = module.instances.local_class(owner)
            if node is not None and not sizes.ENUM_BASES.isdisjoint(module.instances.ancestry(owner)):
                return None
            if node is not None:
                return self._literal_member(node, name, False)
            constant = module.elsewhere.constant(qualified)
            if constant is None and name == "value":
                constant = module.elsewhere.constant(owner)
            return constant
        class_name = module.instance_of(attribute.value)
        if class_name is None:
            return None
        for ancestor in module.instances.ancestry(class_name):
            node = module.instances.local_class(ancestor)
            if node is None:
                constant = module.elsewhere.constant(f"{ancestor}.{attribute.attr}")
                if constant is not None:
                    return constant
                continue
            members = module.members(node)
            if attribute.attr in members.methods:
                return None
            if attribute.attr in members.attributes:
                made = self._field_of_made(attribute, node)
                return self.literal(made) if made is not None else self._literal_member(node, attribute.attr, True)
        return None

    def _literal_member(self, node: ast.ClassDef, name: str, through_instance: bool) -> Constant | None:
        bindings = self._module.members(node).attributes.get(name, [])
        given = [binding for binding, _ in bindings if binding.kind is not BindingKind.ANNOTATION]
        if len(given) != 1 or given[0].kind is not BindingKind.ASSIGNMENT or given[0].value is None:
            return None
        if self._stored_outside(name, bindings) or self._overridden(node, name):
            return None
        if through_instance and given[0].annotation is not None and self._has_fields(node):
            return None
        default = self._field_default(given[0].value)
        return self.literal(default if default is not None else given[0].value)

    # -- tests that hold -------------------------------------------------------------------------------

    def _key(self, expression: ast.expr) -> str | None:
        """
        A text that is equal for expressions that mean the same thing: names, attributes, items, their sizes.

        The scope that owns the name is part of it, so that equal names of different scopes differ.
        """
        try:
            return self._keys[expression]
        except KeyError:
            pass
        tail: list[str] = []
        prefix = ""
        inner = expression
        if isinstance(inner, ast.Call):
            if len(inner.args) == 1 and not inner.keywords and self._module.qualname(inner.func) == "builtins.len":
                prefix, inner = _SIZE, inner.args[0]
        while True:
            if isinstance(inner, ast.Attribute):
                tail.append(f".{inner.attr}")
                inner = inner.value
            elif isinstance(inner, ast.Subscript) and isinstance(inner.slice, ast.Constant):
                tail.append(f"[{inner.slice.value!r}]")
                inner = inner.value
            elif isinstance(inner, ast.NamedExpr):
                inner = inner.target
            else:
                break
        found: str | None = None
        if isinstance(inner, ast.Name):
            owner = self._module.owner_of(inner)
            if owner is not None:
                found = f"{prefix}{id(owner)}:{inner.id}{''.join(reversed(tail))}"
        self._keys[expression] = found
        return found

    def _mentioned(self, test: ast.expr) -> frozenset[str]:
        """The keys of all that a test looks at, also by way of names such as `first = next(iter(jobs), None)`."""
        found = self._mentions.get(test)
        if found is None:
            keys: set[str] = set()
            waiting: list[tuple[ast.expr, int]] = [(test, 0)]
            while waiting:
                expression, hops = waiting.pop()
                for node in ast.walk(expression):
                    if not isinstance(node, ast.expr):
                        continue
                    key = self._key(node)
                    if key is None or key in keys:
                        continue
                    keys.add(key)
                    value = self._only_value(node) if isinstance(node, ast.Name) and hops < _MAXIMUM_HOPS else None
                    if value is not None:
                        waiting.append((value, hops + 1))
            found = self._mentions[test] = frozenset(keys)
        return found

    def _tests(self, place: ast.AST) -> Sequence[tuple[ast.expr, bool]]:
        """The tests that hold where `place` is evaluated, those behind names such as `empty = not jobs` too."""
        key = ("tests", place)
        if key in self._known:
            return cast("Sequence[tuple[ast.expr, bool]]", self._known[key])
        found: list[tuple[ast.expr, bool]] = []
        for test, outcome in self._module.flow_of(place).known_at(place):
            found.append((test, outcome))
            named = self._named_test(test)
            if named is not None:
                found.extend(_apart(named, outcome))
        self._known[key] = found
        return found

    def _named_test(self, test: ast.expr) -> ast.expr | None:
        """The test whose outcome a tested name holds."""
        if not isinstance(test, ast.Name):
            return None
        value = self._only_value(test)
        if isinstance(value, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Name)):
            return value
        if isinstance(value, ast.Call) and self._module.callee(value) in ("builtins.bool", "builtins.len"):
            return value
        return None

    def _only_value(self, name: ast.Name) -> ast.expr | None:
        """The expression that a name certainly stands for."""
        definitions = self._definitions(name.id, name)
        if len(definitions.sites) != 1 or not definitions.certain:
            return None
        binding = self._module.names.binding(definitions.sites[0])
        return binding.value if binding.kind is BindingKind.ASSIGNMENT else None

    def _guarded(self, found: Range, place: ast.expr, key: str | None, container: str | None) -> Range:
        """
        What is left of a range by the tests that hold at `place`.

        `key` is what is asked about; `container` the same where the range is that of its size.
        """
        if key is None:
            return found
        tests = self._tests(place)
        doubtful: list[ast.expr] = []
        for test, outcome in tests:
            refined = self._refined(found, key, container, test, outcome)
            if refined is not None:
                found = refined
            elif not self._is_idle(test) and self._named_test(test) is None:
                doubtful.append(test)
        for test in doubtful if found.points else []:
            mentioned = self._mentioned(test)
            if key in mentioned or _SIZE + key in mentioned:
                found = found.bounds_only()
        if container is not None and found.low == 0 and self._in_loop_over(place, key):
            found = clipped(found, 1)
        return found

    def _is_idle(self, test: ast.expr) -> bool:
        """Whether a test says nothing of numbers and sizes."""
        return isinstance(test, ast.Call) and self._module.callee(test) in (
            "builtins.isinstance",
            "builtins.hasattr",
            "builtins.callable",
        )

    def _refined(
        self, found: Range, key: str, container: str | None, test: ast.expr, outcome: bool
    ) -> Range | None:
        """What a test leaves of a range; None where the test is not about it or not understood."""
        own = _SIZE + key if container is not None else key
        if isinstance(test, ast.Call) and len(test.args) == 1 and self._module.callee(test) == "builtins.bool":
            test = test.args[0]
        tested = self._key(test)
        if tested is not None and tested in (own, key):
            return ranges.truthy(found) if outcome else ranges.falsy(found)
        if not isinstance(test, ast.Compare):
            return None
        if len(test.ops) > 1 and not outcome:
            return None
        operands = [test.left, *test.comparators]
        understood = False
        for number, operator in enumerate(test.ops):
            kind = type(operator) if outcome else _OPPOSITE[type(operator)]
            left, right = operands[number], operands[number + 1]
            refined = self._limited(found, own, container, left, kind, right)
            if refined is None and kind in _MIRRORED:
                refined = self._limited(found, own, container, right, _MIRRORED[kind], left)
            if refined is None and container is not None and kind is ast.In and self._key(right) == key:
                refined = clipped(found, 1)
            if refined is not None:
                found, understood = refined, True
        return found if understood else None

    def _limited(
        self,
        found: Range,
        own: str,
        container: str | None,
        left: ast.expr,
        kind: type[ast.cmpop],
        right: ast.expr,
    ) -> Range | None:
        """What `left <kind> right` leaves of a range if `left` is what it is the range of."""
        same = self._same(left, own)
        if not same:
            if container is not None and self._key(left) == container:
                if kind in (ast.Is, ast.IsNot):
                    return found
                if kind in (ast.Eq, ast.NotEq) and self._is_empty_literal(right):
                    return clipped(found, 0, 0) if kind is ast.Eq else clipped(found, 1)
            return None
        if kind in (ast.Is, ast.IsNot):
            if isinstance(right, ast.Constant) and right.value is None:
                return NONE if kind is ast.Is else found._replace(none=False)
            return None
        if kind in (ast.In, ast.NotIn):
            return self._limited_to_members(found, kind is ast.In, right)
        other = self.value(right)
        if isinstance(right, ast.Constant) and right.value is None:
            return NONE if kind is ast.Eq else found._replace(none=False)
        if other.empty or other.none:
            return None
        if kind is ast.Eq:
            result = clipped(found, other.low, other.high)
            if other.exact and not result.empty:
                return exact(other.low)
            return result.bounds_only()
        if kind is ast.NotEq:
            return ranges.without(found, other.low) if other.exact else None
        if kind in (ast.Gt, ast.GtE):
            result = clipped(found, low=other.low, open_ends=kind is ast.Gt)
        elif kind in (ast.Lt, ast.LtE):
            result = clipped(found, high=other.high, open_ends=kind is ast.Lt)
        else:
            return None
        return result if other.exact else result.bounds_only()

    def _same(self, expression: ast.expr, own: str) -> bool:
        """Whether an expression is what `own` is the key of, itself or by a name that stands for it."""
        if self._key(expression) == own:
            return True
        if isinstance(expression, ast.Name):
            value = self._only_value(expression)
            return value is not None and self._key(value) == own
        return False

    def _limited_to_members(self, found: Range, among: bool, members: ast.expr) -> Range | None:
        if not isinstance(members, (ast.Tuple, ast.List, ast.Set)):
            return None
        values = [self.value(member) for member in members.elts]
        if not all(value.exact or value == NONE for value in values):
            return None
        if among:
            hull = union(values)
            return clipped(found, hull.low, hull.high).bounds_only()
        for value in values:
            found = found._replace(none=False) if value.empty else ranges.without(found, value.low)
        return found

    def _in_loop_over(self, place: ast.AST, key: str) -> bool:
        """Whether `place` stands in the body of a loop over the thing itself."""
        module = self._module
        child: ast.AST = place
        below: ast.AST = place
        for ancestor in module.ancestors(place):
            if isinstance(ancestor, _RUNNERS):
                return False
            if (
                isinstance(ancestor, _FOR_LOOPS)
                and child in ancestor.body
                and self._loops_over(ancestor.iter, key)
            ):
                return True
            if isinstance(ancestor, _COMPREHENSIONS):
                first = ancestor.generators[0]
                if not (child is first and below is first.iter) and self._loops_over(first.iter, key):
                    return True
            child, below = ancestor, child
        return False

    def _loops_over(self, iterable: ast.expr, key: str) -> bool:
        while self._key(iterable) != key:
            if not isinstance(iterable, ast.Call):
                return False
            if isinstance(iterable.func, ast.Attribute) and iterable.func.attr in sizes.SAME_SIZE_METHODS:
                iterable = iterable.func.value
            elif self._module.callee(iterable) in sizes.SAME_SIZE and iterable.args:
                iterable = iterable.args[0]
            else:
                return False
        return True

    # -- the way from where a number arises to where it is used ----------------------------------------

    def _surviving(
        self,
        found: Range,
        place: ast.expr,
        key: str,
        site: ast.AST | None,
        definitions: _Definitions | None,
        question: str,
    ) -> Range:
        """
        The range with only the evidence that holds on some way to `place`.

        A number is followed from where the name is bound (or from the start of the function) along the
        branches that a value of just that number takes, past nothing that may change it.
        """
        module = self._module
        local = definitions is None or definitions.flow is not None
        function = module.function_of(place)
        if isinstance(function, ast.Lambda):
            return found
        flow = module.flow(function if function is not None else module.tree)
        if question == "size" and self._changed_by_nested(key, place):
            return found.bounds_only()
        several = definitions is not None and len(definitions.sites) > 1
        way = _Way(flow, site if local and isinstance(site, ast.Name) else None, place, key, question)
        own = _SIZE + key if question == "size" else key
        if several and local and question == "value":
            found = self._bounded_by_branches(found, way, own)
        kept: list[float] = []
        for point in found.points:
            assumed = {own: exact(point)}
            if site is not None and local:
                value = module.names.binding(site).value
                if value is not None and point == found.least:
                    for source, number in self._sources(value, question, point):
                        assumed.setdefault(source, exact(number))
            if self._arrives(way, assumed) and (not several or self._hangs_together(way)):
                kept.append(point)
        if len(kept) == len(found.points):
            return found
        if not kept:
            return found.bounds_only()
        return found._replace(least=min(kept), most=max(kept), dense=False)

    def _arrives(self, way: _Way, assumed: dict[str, Range]) -> bool:
        """Whether the whole way is open, also if the collections whose loops it leaves out are empty."""
        if not self._survives(way, assumed):
            return False
        emptied = dict(assumed)
        for iterable in self._skipped:
            for source, number in self._sources(iterable, "size", 0):
                emptied.setdefault(source, exact(number))
        return emptied == assumed or self._survives(way, emptied)

    def _bounded_by_branches(self, found: Range, way: _Way, own: str) -> Range:
        """A range without None and without what is not above 0, if that never gets as far (`if n < 1: n = 1`)."""
        if found.none and not self._survives(way, {own: NONE}):
            found = found._replace(none=False)
        if found.low <= 0 and not found.empty:
            lower = Range(found.low, min(found.high, 0), whole=found.whole)
            if not self._survives(way, {own: lower}):
                found = clipped(found, 0, open_ends=True)._replace(none=found.none)
        return found

    def _sources(self, value: ast.expr, question: str, number: float) -> Iterator[tuple[str, float]]:
        """What else is so when `value` gives its lowest number: `n = len(jobs)` is 0 when `jobs` is empty."""
        key = self._key(value)
        if key is not None:
            yield (_SIZE + key if question == "size" else key), number
        if question == "size":
            inner = value
            while isinstance(inner, ast.Call) and inner.args and self._module.callee(inner) in sizes.SAME_SIZE:
                inner = inner.args[0]
            if isinstance(inner, _COMPREHENSIONS) and len(inner.generators) == 1 and not inner.generators[0].ifs:
                inner = inner.generators[0].iter
            key = self._key(inner)
            if key is not None and inner is not value:
                yield _SIZE + key, number
        for node in ast.walk(value):
            if isinstance(node, ast.Call):
                key = self._key(node)
                if key is not None and self.value(node).least == 0:
                    yield key, 0

    def _survives(self, way: _Way, assumed: dict[str, Range]) -> bool:
        """Whether control can come the whole way while what is assumed holds and nothing changes it."""
        flow = way.flow
        points = flow.points
        target = self._statement_in(flow, way.place)
        if target is None:
            return False
        goals = set(flow.points_of(target))
        self._skipped = set()
        waiting: list[tuple[int, bool]] = []
        if way.start is None:
            waiting.append((flow.entry, False))
        else:
            origin = self._statement_in(flow, way.start)
            for point in points:
                if point.node is not origin or origin is None:
                    continue
                if isinstance(origin, _FOR_LOOPS) and point.kind is not PointKind.ITERATION:
                    continue
                waiting.extend(
                    (goal, self._enters(origin, points[goal].node))
                    for goal, edge in flow.successors(point.number)
                    if edge is EdgeKind.TRUE
                    or (edge in (EdgeKind.NEXT, EdgeKind.FALSE) and not isinstance(origin, _FOR_LOOPS))
                )
        saved = self._assumed
        self._assumed = {**saved, **assumed}
        seen: set[tuple[int, bool]] = set()
        try:
            while waiting:
                state = waiting.pop()
                if state in seen:
                    continue
                seen.add(state)
                if len(seen) > _MAXIMUM_POINTS:
                    return False
                number, fresh = state
                if number in goals:
                    return True
                node, kind = points[number].node, points[number].kind
                changed = self._changes_at(way, points[number]) or self._may_end(node)
                if_true, if_false = self._allowed(way, node, kind, fresh)
                for goal, edge in flow.successors(number):
                    if edge in (EdgeKind.RAISE, EdgeKind.PASS_ON, EdgeKind.CAUGHT):
                        waiting.append((goal, False))
                    elif changed and not (kind is PointKind.ITERATION and edge is EdgeKind.FALSE):
                        continue
                    elif edge is EdgeKind.FALSE:
                        if if_false:
                            waiting.append((goal, self._enters(node, points[goal].node)))
                    elif if_true or not (edge is EdgeKind.TRUE or isinstance(node, ast.Assert)):
                        waiting.append((goal, self._enters(node, points[goal].node)))
        finally:
            self._assumed = saved
        return False

    def _enters(self, node: ast.AST | None, following: ast.AST | None) -> bool:
        """Whether control comes to a loop from before it, not from its own body."""
        if not isinstance(following, (*_FOR_LOOPS, ast.While)):
            return False
        return node is None or not _stands_in(node, following)

    def _hangs_together(self, way: _Way) -> bool:
        """Whether tests of other names leave the way open (not so in `if fast: ... if fast:`)."""
        target = self._statement_in(way.flow, way.place)
        begin = None if way.start is None else self._statement_in(way.flow, way.start)
        changing = {
            point.node
            for point in way.flow.points
            if point.node is not begin and not isinstance(point.node, _FOR_LOOPS) and self._changes_at(way, point)
        }
        found = way.flow.path(
            begin, lambda statement: statement is target, lambda statement: statement in changing
        )
        return found is not None

    def _statement_in(self, flow: Flow, node: ast.AST) -> ast.stmt | ast.ExceptHandler | None:
        current: ast.AST | None = node
        while current is not None:
            if isinstance(current, (ast.stmt, ast.ExceptHandler)) and flow.points_of(current):
                return current
            current = self._module.parent(current)
        return None

    def _allowed(
        self,
        way: _Way,
        node: ast.AST | None,
        kind: PointKind,
        fresh: bool,
    ) -> tuple[bool, bool]:
        """Whether the true and the false way out of a point can be taken under what is assumed."""
        if isinstance(node, (ast.If, ast.While, ast.Assert)):
            truth = self.truth(node.test)
            if isinstance(node, ast.While) and fresh and truth is not False:
                # That the loop is not entered at all is no more than a guess.
                return True, not self._body_changes(way, node)
            return truth is not False, truth is not True
        if isinstance(node, _FOR_LOOPS) and kind is PointKind.ITERATION:
            size = self.size(node.iter)
            if size.high <= 0:
                return False, True
            if fresh and size.low >= 1:
                return True, False
            if fresh and size.high > 0 and self._body_changes(way, node):
                if size.least != 0:
                    return True, False
                self._skipped.add(node.iter)
        return True, True

    def _may_end(self, statement: ast.AST | None) -> bool:
        """
        Whether a call may be there to end the way: `abort(404)` at the end of a branch for what is assumed.
        """
        if not isinstance(statement, ast.Expr):
            return False
        branch = self._module.parent(statement)
        if not isinstance(branch, ast.If) or statement not in (branch.body[-1], *branch.orelse[-1:]):
            return False
        mentioned = self._mentioned(branch.test)
        if not any(key in mentioned or key.removeprefix(_SIZE) in mentioned for key in self._assumed):
            return False
        call = statement.value.value if isinstance(statement.value, ast.Await) else statement.value
        if not isinstance(call, ast.Call) or self._module.callee(call) in sizes.READING_CALLS:
            return False
        if isinstance(call.func, ast.Attribute):
            if call.func.attr in sizes.FILLING_METHODS or call.func.attr in sizes.GROWING_METHODS:
                return False
            if call.func.attr in sizes.LOGGING_METHODS:
                # The same name ends the program on an argument parser.
                return call.func.attr == "error" and not self._is_logger(call.func.value)
        return True

    def _is_logger(self, expression: ast.expr) -> bool:
        name = last_name(expression)
        return "log" in name.lower()

    def _body_changes(self, way: _Way, loop: ast.AST) -> bool:
        """Whether a statement in a loop's body may change what is followed."""
        return any(
            self._changes_at(way, point)
            for point in way.flow.points
            if point.node is not None and _stands_in(point.node, loop)
        )

    def _changes_at(self, way: _Way, point: Point) -> bool:
        """Whether a point binds what is followed anew, may change it, or fails where it is empty."""
        if point.node is None or point.kind not in _EVALUATING:
            return False
        known = self._changes.setdefault((way.flow, way.key, way.question), {})
        found = known.get(point.number)
        if found is None:
            found = known[point.number] = self._is_changed_by(point.node, point.kind, way.key, way.question)
        return found

    def _is_changed_by(self, node: ast.stmt | ast.ExceptHandler, kind: PointKind, key: str, question: str) -> bool:
        if isinstance(node, _FOR_LOOPS) and kind is PointKind.HEADER:
            return False
        if isinstance(node, ast.Match):
            # Which case a size takes is not worked out.
            mentioned = self._mentioned(node.subject)
            return key in mentioned or _SIZE + key in mentioned
        if isinstance(node, ast.ExceptHandler):
            return node.name is not None and self._binds(node, node.name, key)
        for part in evaluated(node):
            if isinstance(part, (ast.Name, ast.Attribute, ast.Subscript)):
                if not isinstance(part.ctx, ast.Load):
                    if key == self._key(part) or key.startswith(f"{self._key(part)}."):
                        return True
                elif question == "size" and self._key(part) == key and self._may_change(part, followed=True):
                    return True
            elif isinstance(part, ast.alias) and self._binds(part, part.asname or part.name, key):
                return True
        return False

    def _binds(self, site: ast.AST, name: str, key: str) -> bool:
        owner = self._module.scope_of(site).owner(name)
        return owner is not None and key.partition(".")[0] == f"{id(owner)}:{name}"

    def _may_change(self, use: ast.expr, *, followed: bool = False) -> bool:
        """
        Whether a use of a collection may change what is in it, or hands it to code that may.

        With `followed` also whether the use fails for an empty one (`jobs[0]`), or gives it a second name.
        """
        module = self._module
        parent = module.parent(use)
        if isinstance(parent, ast.Attribute) and parent.value is use:
            call = module.parent(parent)
            if isinstance(call, ast.Call) and call.func is parent:
                return parent.attr not in sizes.READING_METHODS
            return False
        if isinstance(parent, ast.Subscript) and parent.value is use:
            if not isinstance(parent.ctx, ast.Load):
                return True
            index = parent.slice
            if isinstance(index, ast.UnaryOp):
                index = index.operand
            return followed and isinstance(index, ast.Constant) and isinstance(index.value, int)
        if isinstance(parent, ast.keyword):
            parent = module.parent(parent)
        if isinstance(parent, ast.Call) and parent.func is not use:
            callee = module.callee(parent)
            if callee in sizes.NEED_ITEMS and len(parent.args) == 1:
                return followed and not any(keyword.arg == "default" for keyword in parent.keywords)
            if callee in sizes.READING_CALLS or callee in sizes.SAME_SIZE:
                return (
                    followed
                    and isinstance(module.parent(parent), ast.Call)
                    and (module.callee(cast("ast.Call", module.parent(parent))) == "builtins.next")
                )
            return not (isinstance(parent.func, ast.Attribute) and parent.func.attr in sizes.LOGGING_METHODS)
        return followed and isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and parent.value is use

    def _changed_by_nested(self, key: str, place: ast.AST) -> bool:
        """Whether a function nested in, or called beside, the one that runs `place` may change the collection."""
        name = key.partition(":")[2].partition(".")[0].partition("[")[0]
        module = self._module
        function = module.function_of(place)
        for use in self._uses_of(name):
            if module.function_of(use) is function:
                continue
            owner = module.scope_of(use).owner(name)
            if owner is not None and key == f"{id(owner)}:{name}" and self._may_change(use):
                return True
        return False


_EVALUATING = frozenset(
    {
        PointKind.STATEMENT,
        PointKind.HEADER,
        PointKind.ITEM,
        PointKind.ITERATION,
        PointKind.CASE,
        PointKind.HANDLER,
    }
)


def _stands_in(node: ast.AST, loop: ast.AST) -> bool:
    """Whether a statement stands in a loop's body, by lines."""
    if node is loop or not isinstance(loop, (*_FOR_LOOPS, ast.While)):
        return False
    line: int = getattr(node, "lineno", 0)
    return loop.body[0].lineno <= line <= (loop.body[-1].end_lineno or 0)


def _apart(test: ast.expr, outcome: bool) -> Iterable[tuple[ast.expr, bool]]:
    """The tests whose outcome follows from that of `test`."""
    waiting = [(test, outcome)]
    while waiting:
        part, truth = waiting.pop()
        if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
            waiting.append((part.operand, not truth))
        elif isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And) is truth:
            waiting.extend((value, truth) for value in part.values)
        else:
            yield part, truth


def _of_constant(value: object) -> Range:
    if value is None:
        return NONE
    if isinstance(value, bool):
        return exact(int(value))
    if isinstance(value, (int, float)):
        return exact(value)
    return UNKNOWN


def _is_text(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and isinstance(expression.value, (str, bytes))


def _spelled(text: str | bytes) -> Range:
    """The number that a text spells."""
    try:
        return exact(int(text))
    except ValueError:
        pass
    try:
        return exact(float(text))
    except ValueError:
        return UNKNOWN_NUMBER


def _agreed(found: Sequence[Constant | None]) -> Constant | None:
    """The constant that all of them are."""
    if not found or found[0] is None:
        return None
    first = found[0]
    return first if all(type(one) is type(first) and one == first for one in found) else None


def _truth_of_number(found: Range) -> bool | None:
    if found.empty:
        return False if found.none else None
    if found.low == found.high == 0:
        return False
    return True if not found.none and (found.low > 0 or found.high < 0) else None


def _truth_of_size(found: Range) -> bool | None:
    if found.empty:
        return False if found.none else None
    if found.high == 0:
        return False
    return True if found.low > 0 and not found.none else None


def _floor(number: float) -> float:
    return math.floor(number) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    return math.ceil(number) if math.isfinite(number) else number
