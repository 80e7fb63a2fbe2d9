"""Text inserts: INSERT statements that are written out, and the SELECT whose answer decides that they run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.row_checks import found_nothing
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FETCHING = frozenset(
    {"fetch", "fetch_all", "fetch_one", "fetchall", "fetchone", "fetchrow", "fetchval", "fetch_val"}
)
_ANSWERING = frozenset({"all", "first", "mappings", "one_or_none", "scalar", "scalar_one_or_none", "scalars"})
_TEXTS = frozenset({"text", "dedent", "strip"})
_TABLE = r"([\w.\"`\[\]{}]+)"
_INSERT = pattern(rf"\s*INSERT\s+INTO\s+{_TABLE}\s*\(([^()]*)\)\s*VALUES\s*\((.*)", re.IGNORECASE | re.DOTALL)
_UPSERT = pattern(r"\bON\s+(?:CONFLICT|DUPLICATE)\b|\bNOT\s+EXISTS\b", re.IGNORECASE)
_SELECT = pattern(rf"\s*SELECT\b.*?\bFROM\s+{_TABLE}\s+WHERE\s(.*)", re.IGNORECASE | re.DOTALL)
_NUMBER = pattern(r"\s*SELECT\s+(?:COUNT|EXISTS|1)\b", re.IGNORECASE)
_PLACEHOLDER = pattern(database.PLACEHOLDER)
_COMPARED = pattern(rf"([\w.\"`]+)\s*=\s*({database.PLACEHOLDER}|'[^']*'|\d+|TRUE|FALSE)", re.IGNORECASE)


class _Statement(NamedTuple):
    """A statement that a call sends: its table, and what is written into or compared with each column."""

    table: str
    columns: dict[str, ast.expr | str]


def is_insert(module: Module, call: ast.Call) -> bool:
    """Whether a call sends an INSERT of one row that is written out, and that fails where the row is there."""
    text = text_of(module, call.args[0]) if call.args else None
    return text is not None and _INSERT.match(text) is not None and not _UPSERT.search(text)


def is_for_sqlite(module: Module, insert: ast.Call) -> bool:
    """Whether a statement that is sent without waiting has `?` for its values, as sqlite3 takes them."""
    text = text_of(module, insert.args[0]) or ""
    return "?" in text and not module.awaited(insert)


def check_before_text(module: Module, function: FunctionNode, insert: ast.Call) -> ast.expr | None:
    """
    The answer that was none before an INSERT, of a SELECT of the same table by a value that the new row gets too.

    Of what both name, nothing is compared with another constant than the new row gets.
    """
    written = _inserted(module, insert)
    if written is None:
        return None
    for answer in found_nothing(module, insert):
        call = asking_call(module, function, answer)
        asked = _compared(module, call) if call is not None else None
        if asked is None or asked.table != written.table:
            continue
        both = [(value, written.columns[name]) for name, value in asked.columns.items() if name in written.columns]
        if any(isinstance(one, str) and isinstance(other, str) and one != other for one, other in both):
            continue
        if any(_is_same(one, other) for one, other in both):
            return call
    return None


def _is_same(one: ast.expr | str, other: ast.expr | str) -> bool:
    """Whether two values are written alike and may differ from one call to the next."""
    if isinstance(one, str) or isinstance(other, str) or isinstance(one, ast.Constant):
        return False
    return not last_name(one).isupper() and ast.dump(one) == ast.dump(other)


def text_of(module: Module, expression: ast.expr, hops: int = 0) -> str | None:
    """A statement as it is written, with `{...}` for what an f-string writes into it; None for anything else."""
    if isinstance(expression, ast.Constant):
        return expression.value if isinstance(expression.value, str) else None
    if isinstance(expression, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{" + (dotted(_written(part)) or "") + "}"
            for part in expression.values
        )
    if hops > 2:
        return None
    if isinstance(expression, ast.Call) and _is_composed(expression):
        return _composed(module, expression, hops)
    if isinstance(expression, ast.Call) and last_name(expression) in _TEXTS:
        inner = expression.func.value if isinstance(expression.func, ast.Attribute) else None
        first = expression.args[0] if expression.args else inner
        return text_of(module, first, hops + 1) if first is not None else None
    if isinstance(expression, ast.Name):
        values = [one.value for one in module.bindings(expression) if one.kind is BindingKind.ASSIGNMENT]
        if len(values) > 1:
            values = [value for _, value in last_assigned(module, expression)]
        return text_of(module, values[0], hops + 1) if len(values) == 1 and values[0] is not None else None
    return None


def _is_composed(call: ast.Call) -> bool:
    """Whether a call is `SQL("... {table} ...").format(table=...)` of psycopg."""
    template = call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr == "format" else None
    return isinstance(template, ast.Call) and last_name(template) == "SQL" and len(template.args) == 1


def _composed(module: Module, call: ast.Call, hops: int) -> str | None:
    """The text of psycopg's SQL, with what is written into it by its name; values are none of what is written."""
    assert isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call), "it is composed"
    text = text_of(module, call.func.value.args[0], hops + 1)
    for keyword in call.keywords:
        value = keyword.value
        if isinstance(value, ast.Call) and last_name(value) == "Identifier" and len(value.args) == 1:
            value = value.args[0]
        name = value.value if isinstance(value, ast.Constant) else "{" + (dotted(value) or "") + "}"
        if text is not None:
            text = text.replace("{" + str(keyword.arg) + "}", str(name))
    return text


def _written(part: ast.expr) -> ast.expr:
    return part.value if isinstance(part, ast.FormattedValue) else part


def plain_name(name: str) -> str:
    """A column's name, without quotes and without the table before it."""
    return re.sub(r"[\"`\[\]\s]", "", name).lower().rpartition(".")[2]


def _table(name: str) -> str:
    return re.sub(r"[\"`\[\]\s]", "", name).lower()


def _inserted(module: Module, insert: ast.Call) -> _Statement | None:
    text = text_of(module, insert.args[0])
    found = _INSERT.match(text) if text is not None else None
    if found is None:
        return None
    names = [plain_name(name) for name in found[2].split(",")]
    items = list(items_of(found[3]))
    if len(names) != len(items):
        return None
    given = GivenValues(module, insert)
    columns: dict[str, ast.expr | str] = {}
    for name, item in zip(names, items, strict=True):
        value = given.value(item)
        if value is not None:
            columns[name] = value
    return _Statement(_table(found[1]), columns)


def items_of(text: str) -> Iterator[str]:
    """The items of a parenthesis whose text begins behind `(`, up to its end."""
    depth = 0
    item = ""
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                break
            depth -= 1
        if character == "," and depth == 0:
            yield item.strip()
            item = ""
        else:
            item += character
    yield item.strip()


def _compared(module: Module, select: ast.Call) -> _Statement | None:
    text = text_of(module, select.args[0]) if select.args else None
    found = _SELECT.match(text) if text is not None else None
    if found is None or text is None:
        return None
    given = GivenValues(module, select)
    # Placeholders before the WHERE take their values first.
    for place in _PLACEHOLDER.findall(text[: found.start(2)]):
        given.value(place)
    columns: dict[str, ast.expr | str] = {}
    behind = 0
    for condition in _COMPARED.finditer(found[2]):
        for place in _PLACEHOLDER.findall(found[2][behind : condition.start(2)]):
            given.value(place)
        behind = condition.end()
        value = given.value(condition[2])
        if value is not None:
            columns[plain_name(condition[1])] = value
    return _Statement(_table(found[1]), columns)


class GivenValues:
    """The values that a call gives for the placeholders of its statement, taken in their order."""

    def __init__(self, module: Module, call: ast.Call) -> None:
        self._rest = call.args[1:]
        self._next = 0
        values: ast.expr | None = call.args[1] if len(call.args) > 1 else None
        for keyword in call.keywords:
            if keyword.arg in ("params", "parameters", "values", "args"):
                values = keyword.value
        if isinstance(values, ast.Name):
            assigned = [value for _, value in last_assigned(module, values)]
            if len(assigned) == 1 and isinstance(assigned[0], (ast.Tuple, ast.List, ast.Dict)):
                values = assigned[0]
        self._values = values

    def value(self, item: str) -> ast.expr | str | None:
        """The expression behind a placeholder, or the text of a constant; None for what is not known."""
        if not _PLACEHOLDER.fullmatch(item):
            return item
        if item[0] == "$":
            number = int(item[1:]) - 1
            return self._rest[number] if number < len(self._rest) else None
        if item in ("?", "%s"):
            number = self._next
            self._next += 1
            if isinstance(self._values, (ast.Tuple, ast.List)) and number < len(self._values.elts):
                if not any(isinstance(one, ast.Starred) for one in self._values.elts):
                    return self._values.elts[number]
            return None
        name = item[2:-2] if item[0] == "%" else item[1:]
        if isinstance(self._values, ast.Dict):
            for key, value in zip(self._values.keys, self._values.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == name:
                    return value
        return None


def asking_call(module: Module, function: FunctionNode, answer: ast.expr) -> ast.Call | None:
    """The call that sends the SELECT which an answer comes from, through `fetchone()`, cursors and names."""
    is_first = False
    for _ in range(8):
        if isinstance(answer, (ast.Await, ast.NamedExpr)):
            answer = answer.value
        elif isinstance(answer, ast.Subscript) and not is_first:
            is_first = True
            answer = answer.value
        elif isinstance(answer, ast.Name):
            found = _behind_name(module, function, answer)
            if found is None:
                return None
            answer = found
        elif not isinstance(answer, ast.Call):
            return None
        elif isinstance(answer.func, ast.Name):
            if answer.func.id not in ("len", "bool", "list") or len(answer.args) != 1:
                return None
            answer = answer.args[0]
        elif not isinstance(answer.func, ast.Attribute):
            return None
        else:
            text = text_of(module, answer.args[0]) if answer.args else None
            if text is not None and _SELECT.match(text):
                return None if is_first and not _NUMBER.match(text) else answer
            if answer.func.attr not in _FETCHING and answer.func.attr not in _ANSWERING:
                return None
            receiver = answer.func.value
            sent = sent_on(module, function, receiver, answer) if answer.func.attr in _FETCHING else None
            answer = sent if sent is not None else receiver
    return None


def _behind_name(module: Module, function: FunctionNode, name: ast.Name) -> ast.expr | None:
    """What a name was last assigned, or the call that a `with` made it of."""
    values = [value for _, value in last_assigned(module, name)]
    if len(values) == 1:
        return values[0]
    contexts = [one.value for one in module.bindings(name) if one.kind is BindingKind.CONTEXT]
    if values or module.function_of(name) is not function:
        return None
    around = list(module.ancestors(name))
    for value in contexts:
        item = module.parent(value) if value is not None else None
        if item is not None and module.parent(item) in around:
            return value
    return None


def sent_on(module: Module, function: FunctionNode, cursor: ast.expr, fetch: ast.Call) -> ast.Call | None:
    """The last statement that was executed on a cursor before a fetch, by the lines of the function."""
    name = dotted(cursor)
    if name is None:
        return None
    found: ast.Call | None = None
    for call in module.calls_named("execute"):
        if isinstance(call.func, ast.Attribute) and call.lineno < fetch.lineno and call.args:
            if dotted(call.func.value) == name and module.function_of(call) is function:
                found = call
    return found
