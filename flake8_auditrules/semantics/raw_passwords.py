"""Raw passwords: passwords that are put into the user part of a URL as they are, `scheme://user:password@host`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.scopes import Binding, BindingKind
from flake8_auditrules.semantics.secret_names import words

_PASSWORDS = frozenset({"pass", "passwd", "password", "pw", "pwd"})
# What a name says of a value that has been made fit for a URL.
_FIT = frozenset({"enc", "encoded", "escaped", "hex", "masked", "quoted", "redacted", "safe", "url", "urlsafe"})
# What makes a text fit for a URL, or a text that is fit for one anyway.
_FITTING = pattern(r"quote|escape|encod|hex|urlsafe|uuid|replace$|mask|redact", re.IGNORECASE)
# A value in a text that is put together, by its place in the pieces.
_HOLE = "\0{}\0"
_URL = pattern(r"(?:[a-z][a-z0-9+.\-]*(?:\0\d+\0)?|\0\d+\0(?:\+(?:[a-z0-9]+|\0\d+\0))?)://\0\d+\0:\0(\d+)\0@")
_FIELD = pattern(r"\{(\w*)\}")
_TAKING_APART = frozenset(
    {"group", "groupdict", "groups", "partition", "rpartition", "rsplit", "split", "urlparse", "urlsplit"}
)
_MOST_PIECES = 40
_FEWEST_PIECES = 3

Piece = str | ast.expr


class UrlPassword(NamedTuple):
    """
    A text that is a URL with a password in it: the whole text, and the expression of the password.

    `is_raw` tells whether the password is neither quoted nor known to be plain.
    """

    url: ast.expr
    password: ast.expr
    is_raw: bool


def url_passwords(module: Module) -> Iterator[UrlPassword]:
    """
    The URLs that a module puts together from a user and a password: as an f-string, with `+`, or with `format`.

    A text with more lines than one is a template, what is logged or printed is there to be read.
    """
    for url in _texts(module):
        pieces = _pieces(module, url)
        if not pieces or len(pieces) > _MOST_PIECES:
            continue
        text = "".join(one if isinstance(one, str) else _HOLE.format(place) for place, one in enumerate(pieces))
        found = _URL.match(text) if "\n" not in text else None
        password = pieces[int(found[1])] if found is not None else ""
        if not isinstance(password, str) and _is_password(_unquoted(password)) and not _is_shown(module, url):
            yield UrlPassword(url, password, _is_raw(module, password))


def _texts(module: Module) -> Iterator[ast.expr]:
    """The texts that are put together and have the end of a scheme, `://`, in what is written out."""
    for text in module.nodes(ast.JoinedStr):
        if len(text.values) > _FEWEST_PIECES and any(map(_ends_scheme, text.values)):
            yield text
    for call in module.calls_named("format"):
        if isinstance(call.func, ast.Attribute) and _ends_scheme(call.func.value):
            yield call
    for whole in module.nodes(ast.BinOp):
        if isinstance(whole.op, ast.Add) and not isinstance(module.parent(whole), ast.BinOp):
            first: ast.expr = whole
            while isinstance(first, ast.BinOp):
                first = first.left
            if _ends_scheme(first):
                yield whole


def _ends_scheme(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and isinstance(part.value, str) and "://" in part.value


def _pieces(module: Module, text: ast.expr) -> Sequence[Piece]:
    """What a text is put together from: texts that are written out, and expressions; nothing for another text."""
    if isinstance(text, ast.JoinedStr):
        return [str(part.value) if isinstance(part, ast.Constant) else _formatted(part) for part in text.values]
    if isinstance(text, ast.BinOp):
        if not isinstance(text.op, ast.Add):
            return [text]
        return [*_pieces_of_term(module, text.left), *_pieces_of_term(module, text.right)]
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute):
        return _pieces_of_format(text, text.func.value)
    return []


def _formatted(part: ast.expr) -> ast.expr:
    return part.value if isinstance(part, ast.FormattedValue) else part


def _pieces_of_term(module: Module, term: ast.expr) -> Sequence[Piece]:
    if isinstance(term, ast.Constant) and isinstance(term.value, str):
        return [term.value]
    if isinstance(term, (ast.JoinedStr, ast.BinOp)):
        return _pieces(module, term)
    return [term]


def _pieces_of_format(call: ast.Call, template: ast.expr) -> Sequence[Piece]:
    """The pieces of `"...{}:{name}...".format(user, name=password)`; nothing where a value is not given so."""
    if not isinstance(template, ast.Constant) or not isinstance(template.value, str):
        return []
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
    pieces: list[Piece] = []
    place = end = 0
    for field in _FIELD.finditer(template.value):
        pieces.append(template.value[end : field.start()])
        end = field.end()
        name = field[1] or str(place)
        place += not field[1]
        value = named.get(name)
        if value is None and name.isdigit() and int(name) < len(call.args):
            value = call.args[int(name)]
        if value is None or isinstance(value, ast.Starred):
            return []
        pieces.append(value)
    return [*pieces, template.value[end:]]


def _is_raw(module: Module, password: ast.expr) -> bool:
    """Whether nothing has made a password fit for a URL."""
    if is_fit(password) or not _FIT.isdisjoint(words(last_name(password))):
        return False
    bindings = _bindings(module, _revealed(password) or password)
    values = [_source(module, binding) for binding in bindings]
    if any(value is not None and (is_fit(value) or _is_of_url(value)) for value in values):
        return False
    if isinstance(password, ast.Attribute) and isinstance(password.value, ast.Name):
        holders = (binding.value for binding in module.bindings(password.value))
        if any(holder is not None and _is_of_url(holder) for holder in holders):
            return False
    # What is written out is known not to break the URL.
    return not bindings or not all(
        binding.kind is BindingKind.ASSIGNMENT
        and isinstance(binding.value, ast.Constant)
        and isinstance(binding.value.value, str)
        for binding in bindings
    )


def _source(module: Module, binding: Binding) -> ast.expr | None:
    """What a name gets its value from; of one that is unpacked, what is unpacked."""
    if binding.kind is not BindingKind.UNPACKED:
        return binding.value
    statement = module.statement(binding.site)
    return statement.value if isinstance(statement, ast.Assign) else None


def _bindings(module: Module, held: ast.expr) -> list[Binding]:
    """Where a name gets its value, or an attribute of the objects of the class around."""
    if isinstance(held, ast.Name):
        return list(module.bindings(held))
    holder = module.class_of_self(held.value) if isinstance(held, ast.Attribute) else None
    if holder is None or not isinstance(held, ast.Attribute):
        return []
    members = module.members(holder).attributes.get(held.attr, [])
    # The default of a field is one of its values.
    return [binding for binding, _ in members if not isinstance(binding.value, ast.Constant)]


def _unquoted(expression: ast.expr) -> ast.expr:
    """What is quoted: `password` of `quote_plus(password)`."""
    if isinstance(expression, ast.Call) and is_fit(expression) and expression.args:
        return expression.args[0]
    return expression


def _revealed(expression: ast.expr) -> ast.expr | None:
    """What pydantic's `SecretStr` hides: `settings.password` of `settings.password.get_secret_value()`."""
    if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
        return expression.func.value if expression.func.attr == "get_secret_value" else None
    return None


def _is_password(expression: ast.expr) -> bool:
    """Whether an expression reads a password by a name: that of a variable, an attribute, a key, an option."""
    if isinstance(expression, ast.Await):
        expression = expression.value
    if isinstance(expression, ast.BoolOp):
        return _is_password(expression.values[0])
    name: object = None
    if isinstance(expression, (ast.Name, ast.Attribute)):
        name = last_name(expression)
    elif isinstance(expression, ast.Subscript) and isinstance(expression.slice, ast.Constant):
        name = expression.slice.value
    elif isinstance(expression, ast.Call):
        revealed = _revealed(expression)
        if revealed is not None:
            return _is_password(revealed)
        if last_name(expression) in ("get", "getenv") and expression.args:
            key = expression.args[0]
            name = key.value if isinstance(key, ast.Constant) else None
    parts = words(name) if isinstance(name, str) else ()
    return bool(parts) and not _PASSWORDS.isdisjoint((parts[-1], *(parts[:-1] if parts[-1] in _FIT else ())))


def is_fit(expression: ast.expr) -> bool:
    """Whether a value is made fit for a URL where it is made: `quote_plus(password)`, `token_hex(16)`."""
    return any(
        isinstance(part, ast.Call) and _FITTING.search(last_name(uncalled(part))) is not None
        for part in ast.walk(expression)
    )


def _is_of_url(value: ast.expr) -> bool:
    """Whether a value is a part of another URL, as it stood there: `urlsplit(url)`, the groups of a match."""
    return any(isinstance(part, ast.Call) and last_name(part) in _TAKING_APART for part in ast.walk(value))


def _is_shown(module: Module, text: ast.expr) -> bool:
    """Whether a text is there to be read: what is logged, printed or said by an exception."""
    records = log_calls(module)
    for ancestor in module.ancestors(text):
        if isinstance(ancestor, ast.Raise):
            return True
        if isinstance(ancestor, ast.Call) and (ancestor in records or last_name(ancestor) in ("echo", "print")):
            return True
        if isinstance(ancestor, ast.stmt):
            return False
    return False
