"""SQL texts: what is written into them, and whether it comes from outside the function."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.origins import is_fixed
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
# What makes a statement of a text, or another form of it, by its name here and by where it comes from.
_WRAPPERS = frozenset(
    {"sqlalchemy.text", "sqlalchemy.sql.text", "sqlalchemy.sql.expression.text", "textwrap.dedent"}
)
_WRAPPING = frozenset({"dedent", "text"})
_MAXIMUM_HOPS = 8
_STATEMENT = pattern(
    r"\s*(?:\(\s*)?(?:SELECT\b|INSERT\s+INTO|UPDATE\b|DELETE\s+FROM|WITH\b|REPLACE\s+INTO|MERGE\s+INTO|EXPLAIN\b)",
    re.IGNORECASE,
)
_VALUE = pattern(
    r"(?:'%?|(?:=|<>|<|>|\bLIKE|\bILIKE|\bIN\s*\(|\bVALUES\s*\(|\bBETWEEN|\bLIMIT|\bOFFSET)\s*)$", re.IGNORECASE
)
_DEFINING = pattern(r"\s*(?:CREATE|ALTER|DROP|GRANT|REVOKE|TRUNCATE|COMMENT)\b", re.IGNORECASE)
# Names of numbers: `rownum`, `nJobs`, `max_rows`.
_COUNTED = pattern(r"row_?num(?:ber)?s?|n[A-Z]\w*|(?:num|max|min)_\w+|\w+_(?:count|number|num)")
_NO_TEXT = pattern(r"\b(?:int|float|bool|UUID|Decimal|datetime|date|Literal|Enum)\b")
# What follows the name of a table: `{table}.name`.
_MEMBER = pattern(r"\.\w")
_PERCENT = pattern(r"%(?:\((\w+)\))?[sdrif]")
_BRACES = pattern(r"\{([^{}]*)\}")
_PLACEHOLDER = pattern(
    r"placeholder|param|marker|bind|^ph$|^qmark|clause|condition|expr|column|_sql$|^sql|^nil_|^empty_",
    re.IGNORECASE,
)
_PLACES = pattern(database.PLACEHOLDER)
_LIMIT = pattern(rf"\bLIMIT\s+({database.PLACEHOLDER})", re.IGNORECASE)
_LIMIT_AT_END = pattern(r"\bLIMIT\s+$", re.IGNORECASE)
_UNCHANGED = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "removeprefix", "decode"}
)
_TEXT_CLASSES = frozenset({"builtins.str", "typing.Any", "builtins.object"})
_CHECKING = pattern(r"valid|check|sanit|quot|escap|ensure|assert|allow|safe|ident|match|isdigit|isalnum|isnumeric")


class Part(NamedTuple):
    """An expression that is written into a text, and the literal texts before and right behind it."""

    expression: ast.expr
    before: str
    after: str

    @property
    def is_value(self) -> bool:
        """Whether it stands where SQL has a value, not the name of a table or column."""
        return _VALUE.search(self.before) is not None and not _MEMBER.match(self.after)


class BuiltText(NamedTuple):
    """A text that is put together: its literal parts (a `?` for each other part), and what is written between."""

    literal: str
    parts: tuple[Part, ...]

    @property
    def reads_as_sql(self) -> bool:
        """Whether it starts as a SQL statement does that can bind parameters; DDL cannot."""
        return _STATEMENT.match(self.literal) is not None

    def names_with(self, part: Part) -> bool:
        """Whether what a part writes as a value is also written as the name of a table or column elsewhere."""
        written = ast.dump(part.expression)
        return any(not other.is_value and ast.dump(other.expression) == written for other in self.parts)

    @property
    def defines(self) -> bool:
        """Whether it makes or changes a database, a table or rights: such statements take no parameters."""
        return _DEFINING.match(self.literal) is not None


def limited_by(module: Module, value: ast.expr) -> ast.expr | None:
    """
    The statement that is sent with a value as the number after its LIMIT: the call, or the text around it.

    By position (`?`, `%s`), counted from the end, as what stands before may be put together, by number (`$2`) or
    by name (`:limit`, `%(limit)s`).
    """
    holder = module.parent(value)
    if isinstance(holder, ast.FormattedValue):
        text = module.parent(holder)
        if not isinstance(text, ast.JoinedStr):
            return None
        before = text.values[text.values.index(holder) - 1] if text.values[0] is not holder else None
        is_behind = isinstance(before, ast.Constant) and _LIMIT_AT_END.search(str(before.value)) is not None
        return text if is_behind and _STATEMENT.match(built_text(module, text).literal) else None
    call = module.parent(holder) if isinstance(holder, (ast.Tuple, ast.List, ast.Dict)) else holder
    collected = _collected(module, value)
    if collected is not None:
        call = collected.sent
    if not isinstance(call, ast.Call) or last_name(call) not in database.TEXT_SENDING or len(call.args) < 2:
        return None
    literal = built_text(module, call.args[0]).literal
    found = list(_LIMIT.finditer(literal))
    if not found or not _STATEMENT.match(literal):
        return None
    place = found[-1][1]
    if isinstance(holder, ast.Dict):
        key = holder.keys[holder.values.index(value)]
        name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
        return call if place in (f":{name}", f"%({name})s") else None
    if place.startswith("$"):
        is_there = holder is call and value in call.args and f"${call.args.index(value)}" == place
        return call if is_there else None
    behind = len(_PLACES.findall(literal, found[-1].end()))
    if collected is not None:
        return call if place in ("?", "%s") and behind == collected.behind else None
    if not isinstance(holder, (ast.Tuple, ast.List)) or place not in ("?", "%s"):
        return None
    return call if holder.elts[-1 - behind :][:1] == [value] else None


class _Collected(NamedTuple):
    """The call that sends a list to which a value was added, and how many values come behind it in the list."""

    sent: ast.Call
    behind: int


def _collected(module: Module, value: ast.expr) -> _Collected | None:
    """Where a value that is added to a list is sent: `values.append(limit)`, `execute(statement, values)`."""
    added = _added(module, value)
    function = module.function_of(value)
    if added is None or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    name, behind = added
    for use in module.names_in(function).get(name, ()):
        if use.lineno <= value.lineno:
            continue
        parent = module.parent(use)
        more = _number_added(module, use)
        if more is not None:
            behind += more
            continue
        while isinstance(parent, ast.Starred) or (isinstance(parent, ast.Call) and last_name(parent) == "tuple"):
            parent = module.parent(parent)
        return _Collected(parent, behind) if isinstance(parent, ast.Call) else None
    return None


def _added(module: Module, value: ast.expr) -> tuple[str, int] | None:
    """The list to which a statement adds a value, and how many values it adds behind it."""
    holder = module.parent(value)
    behind = 0
    if isinstance(holder, (ast.List, ast.Tuple)):
        behind = len(holder.elts) - 1 - holder.elts.index(value)
        holder = module.parent(holder)
        adding = "extend"
    else:
        adding = "append"
    target: ast.AST | None = None
    if isinstance(holder, ast.AugAssign) and adding == "extend":
        target = holder.target
    elif isinstance(holder, ast.Call) and isinstance(holder.func, ast.Attribute) and holder.func.attr == adding:
        target = holder.func.value
    return (target.id, behind) if isinstance(target, ast.Name) else None


def _number_added(module: Module, use: ast.Name) -> int | None:
    """How many values a use of a list's name adds to it; None for any other use."""
    parent = module.parent(use)
    given: ast.AST | None = None
    if isinstance(parent, ast.AugAssign) and parent.target is use:
        given = parent.value
    elif isinstance(parent, ast.Attribute) and isinstance(module.parent(parent), ast.Call):
        call = module.parent(parent)
        if parent.attr == "append":
            return 1
        given = call.args[0] if parent.attr == "extend" and isinstance(call, ast.Call) and call.args else None
    return len(given.elts) if isinstance(given, (ast.List, ast.Tuple)) else None


def built_text(module: Module, expression: ast.expr) -> BuiltText:
    """What a text is built from, through `+`, `%`, `format`, f-strings and local names."""
    literal = ""
    parts: list[Part] = []
    pieces = list(_pieces(module, expression, 0, set()))
    for number, piece in enumerate(pieces):
        if isinstance(piece, str):
            literal += piece
        else:
            behind = pieces[number + 1] if number + 1 < len(pieces) else ""
            parts.append(Part(piece, literal, behind if isinstance(behind, str) else ""))
            literal += "?"
    return BuiltText(literal, tuple(parts))


def _pieces(module: Module, expression: ast.expr, hops: int, followed: set[ast.AST]) -> Iterator[str | ast.expr]:
    if hops > _MAXIMUM_HOPS:
        return
    if isinstance(expression, ast.Constant):
        yield str(expression.value)
    elif isinstance(expression, ast.JoinedStr):
        for value in expression.values:
            if isinstance(value, ast.FormattedValue):
                if _is_number(value):
                    yield "0"
                else:
                    yield from _written(module, value.value, hops, followed)
            else:
                yield from _pieces(module, value, hops + 1, followed)
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
        yield from _written(module, expression.left, hops, followed)
        yield from _written(module, expression.right, hops, followed)
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Mod):
        yield from _filled(module, expression.left, _percent_values(expression.right), _PERCENT, hops, followed)
    elif isinstance(expression, ast.Call):
        function = expression.func
        if isinstance(function, ast.Attribute) and function.attr == "format":
            given: list[tuple[str | None, ast.expr]] = [(None, one) for one in expression.args]
            given += [(keyword.arg, keyword.value) for keyword in expression.keywords]
            yield from _filled(module, function.value, given, _BRACES, hops, followed)
        elif isinstance(function, ast.Attribute) and function.attr in _UNCHANGED:
            yield from _pieces(module, function.value, hops + 1, followed)
        elif module.qualname(function) in _WRAPPERS and expression.args:
            yield from _pieces(module, expression.args[0], hops + 1, followed)
        else:
            yield expression
    elif isinstance(expression, ast.Name):
        yield from _of_name(module, expression, hops, followed)
    else:
        yield expression


def _is_number(value: ast.FormattedValue) -> bool:
    """Whether a format lets nothing but a number in: `{number:d}`."""
    spec = value.format_spec
    if not isinstance(spec, ast.JoinedStr) or len(spec.values) != 1:
        return False
    last = spec.values[0]
    return isinstance(last, ast.Constant) and str(last.value)[-1:] in "bdeEfFgGoxX"


def _written(module: Module, value: ast.expr, hops: int, followed: set[ast.AST]) -> Iterator[str | ast.expr]:
    """The pieces of a value that is written into a text: another text, or an expression as it is."""
    formats = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "format"
    if formats or isinstance(value, (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Name)):
        yield from _pieces(module, value, hops + 1, followed)
    else:
        yield value


def _of_name(module: Module, name: ast.Name, hops: int, followed: set[ast.AST]) -> Iterator[str | ast.expr]:
    owner = module.owner_of(name)
    if owner is None or owner.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
        value = _constant_text(module, name)
        yield value if value is not None else name
        return
    bindings = [binding for binding in module.bindings(name) if binding.kind is not BindingKind.ANNOTATION]
    texts = [
        binding
        for binding in bindings
        if binding.kind in (BindingKind.ASSIGNMENT, BindingKind.AUGMENTED) and binding.value is not None
    ]
    if len(texts) != len(bindings) or not texts or any(not _is_text(binding.value) for binding in texts):
        yield name
        return
    for binding in texts if len(texts) == 1 else _arriving(module, name, texts):
        if binding.site not in followed and binding.value is not None:
            followed.add(binding.site)
            yield from _pieces(module, binding.value, hops + 1, followed)


def _arriving(module: Module, name: ast.Name, texts: list[Binding]) -> list[Binding]:
    """
    Those of a name's assignments, in source order, whose text it can have where it is read.

    An earlier one is replaced by one in the same block or a block around the place; one that stands behind it, or
    in the other branch of an `if`, arrives in a later turn of a loop alone.
    """
    function = module.function_of(name)
    if any(module.function_of(binding.site) is not function for binding in texts):
        return texts
    use = module.statement(name)
    way: dict[ast.AST, ast.AST] = {}
    child: ast.AST = use
    for ancestor in module.ancestors(use):
        way[ancestor] = child
        child = ancestor
    arriving: set[ast.AST] = set()
    # Loops that begin with the text that replaces the others.
    begun: set[ast.AST] = set()
    for binding in reversed(texts):
        statement = module.statement(binding.site)
        if statement.lineno < use.lineno and not _is_in_other_branch(module, statement, way):
            arriving.add(binding.site)
            if binding.kind is BindingKind.ASSIGNMENT and _is_in_block_of(module, statement, way):
                begun.update(module.ancestors(statement))
                break
    found = [
        binding
        for binding in texts
        if binding.site in arriving
        or any(
            isinstance(loop, _LOOPS) and loop in way and loop not in begun
            for loop in module.ancestors(module.statement(binding.site))
        )
    ]
    return found or texts


def _is_in_other_branch(module: Module, statement: ast.stmt, way: Mapping[ast.AST, ast.AST]) -> bool:
    """Whether a statement is run only where a place is not, whose ancestors map to what leads from them to it."""
    child: ast.AST = statement
    for ancestor in module.ancestors(statement):
        if ancestor in way:
            return isinstance(ancestor, ast.If) and (child in ancestor.body) != (way[ancestor] in ancestor.body)
        child = ancestor
    return False


def _is_in_block_of(module: Module, statement: ast.stmt, way: Mapping[ast.AST, ast.AST]) -> bool:
    """Whether a statement stands in the same block as a place, or in one around it: it is run before it."""
    holder = module.parent(statement)
    if holder is None or holder not in way:
        return False
    blocks = [getattr(holder, field, None) for field in ("body", "orelse", "finalbody")]
    return any(isinstance(block, list) and statement in block and way[holder] in block for block in blocks)


def _constant_text(module: Module, name: ast.Name) -> str | None:
    values = [binding.value for binding in module.bindings(name)]
    value = values[0] if len(values) == 1 else None
    if isinstance(value, ast.Call) and len(value.args) == 1 and last_name(value) in _WRAPPING:
        value = value.args[0]
    if isinstance(value, ast.Constant):
        return str(value.value)
    # A constant of another module of the project, by its name.
    imported = module.literal(name) if name.id.isupper() else None
    return imported if isinstance(imported, str) else None


def _is_text(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str)
    if isinstance(value, ast.BinOp):
        return _is_text(value.left) or _is_text(value.right)
    if isinstance(value, ast.Call) and len(value.args) == 1 and last_name(value) in _WRAPPING:
        return _is_text(value.args[0])
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return value.func.attr in ("format", *_UNCHANGED) and _is_text(value.func.value)
    return isinstance(value, ast.JoinedStr)


def _percent_values(right: ast.expr) -> list[tuple[str | None, ast.expr]]:
    if isinstance(right, ast.Tuple):
        return [(None, value) for value in right.elts]
    if isinstance(right, ast.Dict):
        return [
            (key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None, value)
            for key, value in zip(right.keys, right.values, strict=True)
        ]
    return [(None, right)]


def _filled(
    module: Module,
    template: ast.expr,
    given: list[tuple[str | None, ast.expr]],
    gaps: re.Pattern[str],
    hops: int,
    followed: set[ast.AST],
) -> Iterator[str | ast.expr]:
    """The pieces of a template whose gaps are filled, each value at its place."""
    text = "".join(piece for piece in _pieces(module, template, hops + 1, followed) if isinstance(piece, str))
    named = {name: value for name, value in given if name is not None}
    ordered = [value for name, value in given if name is None]
    position = 0
    for count, gap in enumerate(gaps.finditer(text)):
        yield text[position : gap.start()]
        position = gap.end()
        key = re.split(r"[.\[!:]", gap.group(1) or "")[0]
        if key in named:
            yield from _written(module, named[key], hops, followed)
        elif key.isdigit() and int(key) < len(ordered):
            yield from _written(module, ordered[int(key)], hops, followed)
        elif not key and count < len(ordered):
            yield from _written(module, ordered[count], hops, followed)
    yield text[position:]


# ---------------------------------------------------------------------------------------------------------
# Where a part comes from
# ---------------------------------------------------------------------------------------------------------


def comes_from_outside(module: Module, expression: ast.expr) -> ast.Name | None:
    """
    The parameter whose text an expression carries; None where it is a number, a constant, checked or not known.

    A parameter counts if it may be a text by its annotation and default. It does not count where the function
    looks at it before (`in ALLOWED`, `isidentifier()`, `validate(...)`), nor in a private function that the
    module itself calls only with constants.
    """
    root = _carried(module, expression, 0)
    if root is None or _PLACEHOLDER.search(root.id) or _COUNTED.fullmatch(root.id):
        return None
    function = module.function_of(expression)
    if not isinstance(function, _FUNCTIONS):
        return None
    names = {root.id, *(part.id for part in ast.walk(expression) if isinstance(part, ast.Name))}
    if _is_checked(module, function, names) or _is_given_constants(module, function, root):
        return None
    return root


def _carried(module: Module, expression: ast.expr, hops: int) -> ast.Name | None:
    if hops > _MAXIMUM_HOPS:
        return None
    if isinstance(expression, ast.Name):
        return _carried_by_name(module, expression, hops)
    if isinstance(expression, (ast.Attribute, ast.Subscript)):
        if isinstance(expression, ast.Attribute) and module.instance_of(expression) not in (None, "builtins.str"):
            return None
        if isinstance(expression, ast.Attribute) and expression.attr == "value":
            # That of a member of an enumeration, as far as one can tell.
            return None
        root: ast.expr = expression
        while isinstance(root, (ast.Attribute, ast.Subscript)):
            root = root.value
        return _carried(module, root, hops + 1) if isinstance(root, ast.Name) else None
    if isinstance(expression, ast.Call):
        function = expression.func
        if isinstance(function, ast.Attribute):
            if function.attr in _UNCHANGED:
                return _carried(module, function.value, hops + 1)
            if function.attr == "join" and len(expression.args) == 1:
                return _carried(module, expression.args[0], hops + 1)
        elif module.qualname(function) == "builtins.str" and expression.args:
            return _carried(module, expression.args[0], hops + 1)
        return None
    if isinstance(expression, (ast.ListComp, ast.GeneratorExp)):
        return _carried(module, expression.elt, hops + 1)
    if isinstance(expression, ast.JoinedStr):
        for value, before in zip(expression.values, [None, *expression.values], strict=False):
            if _names_parameter(before):
                continue
            if isinstance(value, ast.FormattedValue) and not _is_number(value):
                found = _carried(module, value.value, hops + 1)
                if found is not None:
                    return found
        return None
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
        if _names_parameter(expression.left):
            return None
        return _carried(module, expression.left, hops + 1) or _carried(module, expression.right, hops + 1)
    return None


def _names_parameter(before: ast.expr | None) -> bool:
    """Whether a literal text makes what follows the name of a bound parameter: `":" + column`."""
    return isinstance(before, ast.Constant) and str(before.value).endswith((":", "@", "%("))


def _carried_by_name(module: Module, name: ast.Name, hops: int) -> ast.Name | None:
    bindings = module.bindings(name)
    if not bindings:
        return None
    found: ast.Name | None = None
    for binding in bindings:
        if binding.kind is BindingKind.PARAMETER:
            carried = name if _may_be_text(module, binding) else None
        elif binding.kind in (BindingKind.ASSIGNMENT, BindingKind.LOOP) and binding.value is not None:
            carried = _carried(module, binding.value, hops + 1)
        else:
            carried = None
        if carried is None:
            return None
        found = carried
    return found


def _may_be_text(module: Module, parameter: Binding) -> bool:
    site = parameter.site
    arguments = module.parent(site)
    function = module.parent(arguments) if arguments is not None else None
    if not isinstance(site, ast.arg) or not isinstance(function, _FUNCTIONS):
        return False
    if module.instances.receiver_name(function) == site.arg:
        return False
    if parameter.annotation is not None:
        text = module.text(parameter.annotation)
        if says_no_text(text):
            return False
        if re.search(r"\bstr\b", text):
            return True
        return module.instances.annotated_class(parameter.annotation) in _TEXT_CLASSES
    default = parameter.value
    return default is None or (isinstance(default, ast.Constant) and isinstance(default.value, (str, type(None))))


def says_no_text(annotation: str) -> bool:
    """Whether an annotation lets in numbers, dates or fixed texts, and no text of anybody's."""
    return _NO_TEXT.search(annotation) is not None


def _is_checked(module: Module, function: FunctionNode, names: set[str]) -> bool:
    """Whether the function looks at one of the names in a way that may restrict it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and any(isinstance(one, (ast.In, ast.NotIn)) for one in node.ops):
            if isinstance(node.left, ast.Name) and node.left.id in names:
                return True
        elif isinstance(node, ast.Call):
            called = last_name(node)
            if _CHECKING.search(called.lower()):
                looked_at = [*node.args, *(keyword.value for keyword in node.keywords), node.func]
                if any(mentions(one, names) for one in looked_at):
                    return True
            elif called == "replace" and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and first.value == "'":
                    return True
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            called = module.text(node.value.func)
            if _CHECKING.search(called.lower()) and any(
                isinstance(target, ast.Name) and target.id in names for target in node.targets
            ):
                return True
    return False


def _is_given_constants(module: Module, function: FunctionNode, parameter: ast.Name) -> bool:
    """Whether a private or nested function is called in this module, and each time with a fixed value."""
    nested = module.function_of(function) is not None
    if not nested and not function.name.startswith("_"):
        return False
    positional = module.instances.positional_parameters(function)
    place = positional.index(parameter.id) if parameter.id in positional else None
    calls = calls_named(module, (function.name,))
    given = [module.argument(call, parameter.id, place) for call in calls]
    return bool(given) and all(value is None or is_fixed(module, value) for value in given)
