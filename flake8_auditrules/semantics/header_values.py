"""Header values: what the headers of an answer are made of, as far as it is taken in as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_HOPS = 8
# Methods of a text that keep the characters which they do not look for.
_KEEPING = frozenset(
    {
        "capitalize", "lower", "lstrip", "removeprefix", "removesuffix", "replace", "rstrip", "strip", "title",
        "upper",
    }
)  # fmt: skip
_SPLITTING = frozenset({"partition", "rpartition", "rsplit", "split"})
_BASENAMES = frozenset({"os.path.basename", "ntpath.basename", "posixpath.basename"})
# Methods that hold for letters of all alphabets.
_OF_LETTERS = frozenset({"isalnum", "isalpha", "isprintable"})
# A letter of Polish and one of Chinese, neither of them in Latin-1.
_PROBE = "\N{LATIN CAPITAL LETTER L WITH STROKE}\N{CJK UNIFIED IDEOGRAPH-6587}"
# The conversion `!a` of an f-string writes ASCII.
_ASCII = ord("a")


class HeaderValue(NamedTuple):
    """
    A part of the text of a header of an answer.

    `site` is the call or the assignment that sets the header `name`, `text` what it is set to; `part` the
    expression whose characters go into it as they are (a parameter, an attribute, what a request is read by; None
    for a text of which nothing is known to do so), and `names` are the local names that hold them on the way.
    """

    site: ast.Call | ast.Assign
    name: str
    text: ast.expr
    part: ast.expr | None
    names: frozenset[str]


def header_values(module: Module) -> list[HeaderValue]:
    """The parts of all headers that the module sets on answers which write Latin-1, in source order."""
    return module.keep("values of headers", lambda one: sorted(_header_values(one), key=_place))


def _place(value: HeaderValue) -> tuple[int, int]:
    return value.site.lineno, value.site.col_offset


def _header_values(module: Module) -> Iterator[HeaderValue]:
    names = {name.rpartition(".")[2] for name in web.LATIN_HEADERS}
    for call in module.calls_named(*sorted(names)):
        position = web.LATIN_HEADERS.get(module.callee(call) or "")
        function = module.function_of(call)
        if position is None or not isinstance(function, _FUNCTIONS):
            continue
        given = module.argument(call, "headers", position)
        for name, text in _headers(module, function, given):
            yield from _values(module, call, name, text)
    for assignment in module.nodes(ast.Assign):
        target = assignment.targets[0]
        if not isinstance(target, ast.Subscript) or not isinstance(target.value, ast.Attribute):
            continue
        name_given = target.slice.value if isinstance(target.slice, ast.Constant) else None
        if target.value.attr == "headers" and isinstance(name_given, str):
            if module.instance_of(target.value.value) in web.LATIN_HEADERS:
                yield from _values(module, assignment, name_given, assignment.value)


def _values(module: Module, site: ast.Call | ast.Assign, name: str, text: ast.expr) -> Iterator[HeaderValue]:
    if isinstance(text, ast.Constant):
        return
    kept = list(_kept(module, text, frozenset(), 0))
    for part, names in kept:
        yield HeaderValue(site, name, text, part, names)
    if not kept:
        yield HeaderValue(site, name, text, None, frozenset())


def _headers(module: Module, function: FunctionNode, given: ast.expr | None) -> Iterator[tuple[str, ast.expr]]:
    """The names and texts of headers that are written out, in a dict at hand or in a local one."""
    if isinstance(given, ast.Dict):
        for key, text in zip(given.keys, given.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, text
    if not isinstance(given, ast.Name):
        return
    bindings = module.bindings(given)
    if len(bindings) != 1 or not isinstance(bindings[0].value, ast.Dict):
        return
    yield from _headers(module, function, bindings[0].value)
    for node in module.own_nodes(function):
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Subscript):
            if isinstance(target.value, ast.Name) and target.value.id == given.id:
                if isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str):
                    yield target.slice.value, node.value


def _kept(
    module: Module, text: ast.expr, names: frozenset[str], hops: int
) -> Iterator[tuple[ast.expr, frozenset[str]]]:
    """The expressions whose characters are still in a text, each with the names that they have gone through."""
    if hops > _MOST_HOPS:
        return
    parts: list[ast.expr] = []
    if isinstance(text, ast.Name):
        names |= {text.id}
        binding = _binding(module, text)
        if binding is not None and binding.kind is BindingKind.PARAMETER:
            yield text, names
        elif binding is not None and binding.value is not None:
            parts = [binding.value]
    elif isinstance(text, ast.Call):
        kept = _kept_by_call(module, text)
        if kept is None and _is_read(text):
            yield text, names
        parts = kept or []
    elif _is_read(text):
        yield text, names
    else:
        parts = _parts(text)
    for part in parts:
        yield from _kept(module, part, names, hops + 1)


def _is_read(text: ast.expr) -> bool:
    """Whether an expression may be what a value is read by: `file.filename`, `row["name"]`, `args.get("name")`."""
    if isinstance(text, ast.Attribute):
        return not (isinstance(text.value, ast.Call) and last_name(text.value) in ("Path", "PurePath"))
    if isinstance(text, ast.Subscript):
        return isinstance(text.slice, ast.Constant) and isinstance(text.slice.value, str)
    return isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "get"


def _parts(text: ast.expr) -> list[ast.expr]:
    if isinstance(text, ast.JoinedStr):
        return [
            value.value
            for value in text.values
            if isinstance(value, ast.FormattedValue) and value.conversion != _ASCII
        ]
    if isinstance(text, ast.BinOp):
        if isinstance(text.op, ast.Mod):
            return text.right.elts if isinstance(text.right, ast.Tuple) else [text.right]
        return [text.left, text.right] if isinstance(text.op, ast.Add) else []
    if isinstance(text, ast.IfExp):
        return [text.body, text.orelse]
    if isinstance(text, ast.BoolOp):
        return text.values if isinstance(text.op, ast.Or) else text.values[-1:]
    if isinstance(text, ast.Attribute):
        # `Path(name).stem`
        held = text.value
        return held.args[:1] if isinstance(held, ast.Call) and text.attr in ("name", "stem") else []
    if isinstance(text, ast.Subscript):
        held = text.value
        if isinstance(text.slice, ast.Slice):
            return [held]
        if isinstance(held, ast.Call):
            if isinstance(held.func, ast.Attribute) and held.func.attr in _SPLITTING:
                return [held.func.value]
            if last_name(held) == "splitext":
                return held.args[:1]
    return []


def _kept_by_call(module: Module, call: ast.Call) -> list[ast.expr] | None:
    """What of its arguments a call keeps; None where nobody knows."""
    name = module.qualname(call.func)
    if name == "builtins.str" or name in _BASENAMES:
        return call.args[:1]
    if name == "re.sub":
        return call.args[2:3] if _keeps_letters(call) else []
    if not isinstance(call.func, ast.Attribute):
        return None
    holder = call.func.value
    if call.func.attr == "join" and isinstance(holder, ast.Constant) and len(call.args) == 1:
        return _joined(call.args[0])
    if call.func.attr == "format" and isinstance(holder, ast.Constant):
        return [*call.args, *(keyword.value for keyword in call.keywords)]
    return [holder] if call.func.attr in _KEEPING else None


def _keeps_letters(call: ast.Call) -> bool:
    """Whether a replacement by a pattern that is written out leaves letters which are not in Latin-1."""
    wanted = call.args[0] if len(call.args) == 3 and not call.keywords else None
    if not isinstance(wanted, ast.Constant) or not isinstance(wanted.value, str):
        return False
    try:
        return re.sub(wanted.value, "", _PROBE) == _PROBE
    except re.error:
        return False


def _joined(turns: ast.expr) -> list[ast.expr]:
    """The text whose letters a generator leaves: `c for c in name if c.isalnum()`, `c if c.isalpha() else "_"`."""
    if not isinstance(turns, (ast.GeneratorExp, ast.ListComp)) or len(turns.generators) != 1:
        return []
    generator = turns.generators[0]
    tests = [*generator.ifs, *([turns.elt.test] if isinstance(turns.elt, ast.IfExp) else [])]
    asked = {
        part.func.attr
        for test in tests
        for part in ast.walk(test)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute)
    }
    is_alternative = not any(isinstance(part, ast.And) for test in tests for part in ast.walk(test))
    return [generator.iter] if asked and asked <= _OF_LETTERS and is_alternative else []


def _binding(module: Module, name: ast.Name) -> Binding | None:
    """What a name holds where it is used: its only binding, or the last one before, which no branch may skip."""
    bindings = module.bindings(name)
    if len(bindings) == 1:
        return bindings[0]
    before = [
        one
        for one in bindings
        if getattr(one.site, "lineno", 0) < name.lineno and not isinstance(one.value, ast.Constant)
    ]
    if not before or any(one.kind not in (BindingKind.ASSIGNMENT, BindingKind.PARAMETER) for one in before):
        return None
    last = max(before, key=lambda one: getattr(one.site, "lineno", 0))
    if last.kind is BindingKind.PARAMETER:
        return last
    block = module.parent(module.statement(last.site))
    return last if any(ancestor is block for ancestor in module.ancestors(name)) else None
