"""LIKE patterns: the text that a pattern is built around, and where it has wildcards of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.request_values import is_request
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

# What people type who look for something.
_SEARCHED = pattern(
    r"(?:^|_)(?:search|searched|query|q|terms?|keywords?|needle|filter|phrase)"
    r"(?:_?(?:text|term|query|string|str|value|word|key|name|title|pattern))?$",
    re.IGNORECASE,
)
_FIELD = pattern(
    r"(?:^|_)(?:name|title|text|email|username|description|author|subject|label|tag|city)$", re.IGNORECASE
)
# Columns and values that stand for any, where a condition is built for whoever names both.
_ANY_COLUMN = pattern(r"(?:\w+_)?(?:field|column|col|attr|attribute)")
_VALUE = pattern(r"(?:\w+_)?(?:value|val)")
_HANDED = frozenset({BindingKind.PARAMETER, BindingKind.LOOP, BindingKind.UNPACKED})
_SEARCH = pattern(r"(?:^|_)(?:query|filters?|params|search|criteria|request|req|spec)(?:_\w+)?$", re.IGNORECASE)
_TEXT = pattern(r"^(?:Optional\[)?(?:str|Text)\b|^Annotated\[\s*(?:str|Optional\[str)\b")
# What programs call each other's keys by, not what people look for.
_NO_SEARCH = pattern(
    r"(?:^|_)(?:address|digest|hash|ids?|key|kind|mac|marker|model|namespace|path|pattern|prefix|status|suffix|token|type|uri|url"
    r"|uu?id|version)$|like|escaped|safe",
    re.IGNORECASE,
)
# Methods that build the pattern themselves, and those of them that texts of Python have too.
_BUILDING = ("contains", "icontains", "startswith", "istartswith", "endswith", "iendswith")
_OF_ARRAYS = pattern(r"(?:^|_)(?:tag|label)$", re.IGNORECASE)
_ASKING = frozenset({"and_", "filter", "having", "or_", "where"})
# LIKE with a bound pattern in a SQL text, and what says there how wildcards are escaped.
_BOUND = pattern(rf"\bI?LIKE\s+(?:(?:LOWER|UPPER)\s*)?\(?\s*(?:{database.PLACEHOLDER})", re.IGNORECASE)
_ESCAPING = pattern(r"\bESCAPE\b", re.IGNORECASE)
_TEXTS_OF_REQUESTS = frozenset({"args", "form", "query_params", "values"})
_KEEPING = frozenset({"lower", "upper", "strip", "casefold", "lstrip", "rstrip", "title"})
_MAXIMUM_HOPS = 4


class Searched(NamedTuple):
    """A call of a method that takes a pattern (`like` or `ilike`), and the search text in its pattern."""

    call: ast.Call
    method: str
    text: ast.expr


def searched_patterns(module: Module) -> Iterator[Searched]:
    """The calls of `like` and `ilike` whose pattern is built around a search text as it came in."""
    calls = [*module.calls_named("like", "ilike")]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    for call in calls:
        if isinstance(call.func, ast.Attribute) and len(call.args) == 1:
            text = searched_text(module, call.args[0])
            if text is None and _is_any_column(module, call.func.value):
                text = _value_in(module, call.args[0])
            if text is None:
                text = _text_within(module, call.args[0])
                if text is not None and isinstance(call.func.value, ast.Attribute) and _VALUE.fullmatch(text.id):
                    continue
            if text is not None:
                yield Searched(call, call.func.attr, text)


def _is_any_column(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a column that somebody names: `getattr(model, name)`, a parameter `column`."""
    if isinstance(expression, ast.Call):
        return module.qualname(expression.func) == "builtins.getattr"
    if not isinstance(expression, ast.Name):
        return False
    bindings = module.bindings(expression)
    if bindings and all(one.kind is BindingKind.PARAMETER for one in bindings):
        return _ANY_COLUMN.fullmatch(expression.id) is not None
    return (
        len(bindings) == 1
        and isinstance(bindings[0].value, ast.Call)
        and _is_any_column(module, bindings[0].value)
    )


def _value_in(module: Module, expression: ast.expr) -> ast.expr | None:
    """The one value for a column that a pattern is built around: a parameter, or what a parameter holds."""
    parts = _parts(module, expression) or []
    texts = [part for part in parts if not isinstance(part, str)]
    if len(texts) != 1 or any(set(part) - {"%"} for part in parts if isinstance(part, str)):
        return None
    text = texts[0]
    if not isinstance(text, (ast.Name, ast.Attribute)) or not _VALUE.fullmatch(last_name(text)):
        return None
    root = text.value if isinstance(text, ast.Attribute) else text
    if not isinstance(root, ast.Name) or root.id in ("self", "cls"):
        return None
    kinds = {one.kind for one in module.bindings(root)}
    return text if kinds and kinds <= _HANDED else None


def _text_within(module: Module, expression: ast.expr) -> ast.Name | None:
    """The one text of the caller, whatever it is called, that a pattern looks for anywhere: `f"%{title}%"`."""
    parts = _parts(module, expression) or []
    texts = [part for part in parts if not isinstance(part, str)]
    if len(parts) != len(texts) + 2 or len(texts) != 1 or not (parts[0] == "%" and parts[-1] == "%"):
        # In a list that is kept as a text, each has its quotes: `f'%"{tag}"%'`.
        if len(texts) != 1 or [part for part in parts if isinstance(part, str)] != ['%"', '"%']:
            return None
    text = texts[0]
    while isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr in _KEEPING:
        text = text.func.value if not text.args else text.args[0]
    if not isinstance(text, ast.Name) or _NO_SEARCH.search(text.id) is not None:
        return None
    bindings = module.bindings(text)
    is_given = bool(bindings) and all(
        one.kind is BindingKind.PARAMETER
        and (one.annotation is None or _TEXT.match(module.text(one.annotation).strip("\"'")) is not None)
        for one in bindings
    )
    return text if is_given else None


def searched_parts(module: Module) -> Iterator[Searched]:
    """
    The calls of `contains` and the like of a model's column, in a condition of a query, with a search text as it
    came in and nothing said of escaping.
    """
    calls = [*module.calls_named(*_BUILDING)]
    calls.sort(key=lambda call: (call.lineno, call.col_offset))
    for call in calls:
        if not isinstance(call.func, ast.Attribute) or len(call.args) != 1 or call.keywords:
            continue
        text = call.args[0]
        if not isinstance(text, (ast.Name, ast.Attribute, ast.Call)) or _OF_ARRAYS.search(last_name(text)):
            continue
        if _is_column(call.func.value) and _is_condition(module, call) and _is_as_given(module, text, 0):
            yield Searched(call, call.func.attr, text)


def bound_patterns(module: Module) -> list[tuple[ast.expr, ast.expr]]:
    """
    The patterns, and the search texts in them, that functions build for a `LIKE ?` of a SQL text of theirs.

    Nothing is said of a function that names an escape character in such a text.
    """
    if database.TEXT_SENDING.isdisjoint(module.calls_by_name()):
        return []
    functions: dict[FunctionNode, bool] = {}
    for constant in module.nodes(ast.Constant):
        said = constant.value
        if isinstance(said, str) and ("LIKE" in said or "like" in said) and _BOUND.search(said):
            function = module.function_of(constant)
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                is_escaped = _ESCAPING.search(said) is not None
                functions[function] = functions.get(function, False) or is_escaped
    found: list[tuple[ast.expr, ast.expr]] = []
    for function, is_escaped in functions.items():
        for part in () if is_escaped else module.own_nodes(function):
            if isinstance(part, (ast.JoinedStr, ast.BinOp, ast.Call)):
                text = searched_text(module, part) or _text_within(module, part)
                if text is not None and any(sides_with_wildcards(module, part)):
                    found.append((part, text))
    return found


def _is_column(expression: ast.expr) -> bool:
    """Whether an expression is an attribute of a class, or a function around one: `func.lower(User.name)`."""
    if isinstance(expression, ast.Call):
        return len(expression.args) == 1 and _is_column(expression.args[0])
    return (
        isinstance(expression, ast.Attribute)
        and last_name(expression.value)[:1].isupper()
        and not last_name(expression.value).isupper()
        and not expression.attr.isupper()
    )


def _is_condition(module: Module, call: ast.Call) -> bool:
    """Whether a call stands among the arguments of `where`, `filter` and the like."""
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, ast.Call) and last_name(ancestor.func) in _ASKING:
            return True
        if isinstance(ancestor, ast.stmt):
            return False
    return False


def searched_text(module: Module, expression: ast.expr) -> ast.expr | None:
    """
    The one search text that a pattern is built around as it came in: a parameter of the function, or an attribute
    of one, whose name says that somebody looks for it; None for everything else, an escaped text included.
    """
    parts = _parts(module, expression)
    if parts is None:
        return None
    texts = [part for part in parts if not isinstance(part, str)]
    if len(texts) != 1 or any(set(part) - {"%"} for part in parts if isinstance(part, str)):
        return None
    return texts[0] if _is_as_given(module, texts[0], 0) else None


def sides_with_wildcards(module: Module, expression: ast.expr) -> tuple[bool, bool]:
    """Whether a pattern begins, and whether it ends, with `%`."""
    parts = _parts(module, expression) or [""]
    first, last = parts[0], parts[-1]
    return isinstance(first, str) and first.startswith("%"), isinstance(last, str) and last.endswith("%")


def _parts(module: Module, expression: ast.expr, hops: int = 0) -> list[str | ast.expr] | None:
    """The constant and the other parts of a text; None where it is not put together here."""
    if isinstance(expression, ast.Name) and hops < _MAXIMUM_HOPS:
        values = [
            binding.value if binding.kind is BindingKind.ASSIGNMENT else None
            for binding in module.bindings(expression)
        ]
        # Two branches may build the same pattern.
        if not values or values[0] is None or len({ast.dump(one) if one else "" for one in values}) > 1:
            return None
        return _parts(module, values[0], hops + 1)
    if isinstance(expression, ast.JoinedStr):
        found: list[str | ast.expr] = []
        for part in expression.values:
            if isinstance(part, ast.Constant):
                found.append(str(part.value))
            elif isinstance(part, ast.FormattedValue):
                if part.format_spec is not None or part.conversion != -1:
                    return None
                found.append(part.value)
        return found
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
        sides = [_sides(module, side, hops) for side in (expression.left, expression.right)]
        if any(side is None for side in sides):
            return None
        return [part for side in sides for part in side or ()]
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Mod):
        # `"%%%s%%" % term`
        written = expression.left.value if isinstance(expression.left, ast.Constant) else None
        given = expression.right
        if isinstance(given, ast.Tuple) and len(given.elts) == 1:
            given = given.elts[0]
        if not isinstance(written, str) or isinstance(given, (ast.Tuple, ast.Dict)):
            return None
        before, placeholder, after = written.replace("%%", "\0").partition("%s")
        parts: list[str | ast.expr] = [before.replace("\0", "%"), given, after.replace("\0", "%")]
        return [part for part in parts if part != ""] if placeholder else None
    if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
        template = expression.func.value
        if expression.func.attr == "format" and isinstance(template, ast.Constant) and len(expression.args) == 1:
            before, braces, after = str(template.value).partition("{}")
            return [part for part in (before, expression.args[0], after) if part != ""] if braces else None
    return None


def _sides(module: Module, side: ast.expr, hops: int) -> list[str | ast.expr] | None:
    if isinstance(side, ast.Constant):
        return [side.value] if isinstance(side.value, str) else None
    if isinstance(side, (ast.BinOp, ast.JoinedStr)):
        return _parts(module, side, hops + 1)
    return [side]


def _is_of_route(module: Module, text: ast.Name) -> bool:
    return role_of(module, module.function_of(text)) in (Role.ROUTE, Role.DEPENDENCY)


def _is_read_from_request(module: Module, text: ast.expr) -> bool:
    """Whether an expression reads what a request looks for: `request.args.get("q")`, `request.form["q"]`."""
    if (
        isinstance(text, ast.Call)
        and isinstance(text.func, ast.Attribute)
        and text.func.attr == "get"
        and text.args
    ):
        holder, key = text.func.value, text.args[0]
    elif isinstance(text, ast.Subscript):
        holder, key = text.value, text.slice
    else:
        return False
    return (
        isinstance(key, ast.Constant)
        and isinstance(key.value, str)
        and bool(_SEARCHED.search(key.value) or _FIELD.search(key.value))
        and isinstance(holder, ast.Attribute)
        and holder.attr in _TEXTS_OF_REQUESTS
        and is_request(module, holder.value)
    )


def _is_as_given(module: Module, text: ast.expr, hops: int) -> bool:
    """Whether a text is what the caller gave, but for its case and the white space around it."""
    if hops > _MAXIMUM_HOPS:
        return False
    if isinstance(text, ast.BoolOp):
        # `request.args.get("q") or ""`
        return isinstance(text.values[-1], ast.Constant) and _is_as_given(module, text.values[0], hops + 1)
    if _is_read_from_request(module, text):
        return True
    if isinstance(text, ast.Subscript) and isinstance(text.slice, ast.Slice):
        # `query.strip()[:200]`
        return _is_as_given(module, text.value, hops + 1)
    if isinstance(text, ast.Call):
        function = text.func
        return (
            isinstance(function, ast.Attribute)
            and function.attr in _KEEPING
            and not text.args
            and _is_as_given(module, function.value, hops + 1)
        )
    if isinstance(text, ast.Attribute):
        root = text.value
        return (
            isinstance(root, ast.Name)
            and root.id not in ("self", "cls")
            and bool(_SEARCHED.search(text.attr) or (_FIELD.search(text.attr) and _SEARCH.search(root.id)))
            and bool(module.bindings(root))
            and all(binding.kind is BindingKind.PARAMETER for binding in module.bindings(root))
        )
    if not isinstance(text, ast.Name):
        return False
    bindings = module.bindings(text)
    for binding in bindings:
        if binding.kind is BindingKind.PARAMETER:
            annotation = module.text(binding.annotation) if binding.annotation is not None else None
            if annotation is not None and not _TEXT.match(annotation.strip("\"'")):
                return False
            if not _SEARCHED.search(text.id) and not (_FIELD.search(text.id) and _is_of_route(module, text)):
                return False
        elif binding.value is None or not (
            _is_as_given(module, binding.value, hops + 1)
            if binding.kind is BindingKind.ASSIGNMENT
            else binding.kind is BindingKind.LOOP and _are_words(module, binding.value, hops + 1)
        ):
            return False
    return bool(bindings)


def _are_words(module: Module, words: ast.expr, hops: int) -> bool:
    """Whether an expression is the words of a text that the caller gave: `query.split()`, also in a name."""
    if isinstance(words, ast.Name):
        bindings = module.bindings(words)
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
            return False
        words = bindings[0].value
    if isinstance(words, ast.ListComp) and len(words.generators) == 1:
        # `[word.strip() for word in query.split() if word]`
        return _is_as_given(module, words.elt, hops)
    return (
        isinstance(words, ast.Call)
        and isinstance(words.func, ast.Attribute)
        and words.func.attr == "split"
        and _is_as_given(module, words.func.value, hops)
    )
