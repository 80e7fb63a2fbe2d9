"""Models: the mapped classes of a module, their columns, foreign keys, indexes and relationships."""

from __future__ import annotations

import ast

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled

_COLUMNS = frozenset({"Column", "mapped_column", "Field", "column"})
# What makes a column of a declarative class, and what its annotation is called.
MAPPED_COLUMNS = frozenset({"Column", "mapped_column"})
MAPPED = frozenset({"Mapped", "MappedColumn"})
_LISTS = frozenset(
    {"list", "List", "set", "Set", "Sequence", "Iterable", "Collection", "WriteOnlyMapped", "DynamicMapped"}
)


class ForeignKey(NamedTuple):
    """
    A column that refers to another table.

    `column` is its attribute, `name_in_table` its name in the database, `call` what makes it, `target` the
    column that it refers to.
    """

    column: str
    name_in_table: str
    call: ast.Call
    target: str


class Model(NamedTuple):
    """
    A mapped class of the module.

    `table` is the name of its table ("" where the class does not write it out), `columns` maps the attributes
    that are columns to the calls that make them; `leading` are the columns that an index, a unique constraint
    or the primary key starts with; None where `__table_args__` cannot be read.
    """

    node: ast.ClassDef
    table: str
    columns: dict[str, ast.Call]
    foreign_keys: tuple[ForeignKey, ...]
    leading: frozenset[str] | None


def models(module: Module) -> list[Model]:
    """The classes of the module that have columns, in source order."""
    return module.keep("models", _find_models)


def _find_models(module: Module) -> list[Model]:
    if not module.imports("sqlalchemy", "sqlmodel", "flask_sqlalchemy") and not _has_columns_of_extension(module):
        return []
    outside = _indexes_outside(module)
    found = []
    for node in module.nodes(ast.ClassDef):
        columns: dict[str, ast.Call] = {}
        for statement in node.body:
            name, value = _assigned(statement)
            if name is not None and isinstance(value, ast.Call) and last_name(value.func) in _COLUMNS:
                columns[name] = value
        if columns:
            foreign = tuple(_foreign_keys(module, columns))
            leading = _leading(module, node, columns)
            if leading is not None:
                leading |= outside.get(node.name, frozenset())
            found.append(Model(node, _table_name(node), columns, foreign, leading))
    return found


def _has_columns_of_extension(module: Module) -> bool:
    """Whether a module has `db.Column(db.Integer)`, as Flask-SQLAlchemy's object of another module makes them."""
    for call in module.calls_named("Column"):
        extension = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(extension, ast.Name) and any(
            isinstance(kind := uncalled(given), ast.Attribute)
            and isinstance(kind.value, ast.Name)
            and kind.value.id == extension.id
            for given in call.args[:2]
        ):
            return True
    return False


def _assigned(statement: ast.stmt) -> tuple[str | None, ast.expr | None]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id, statement.value
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        if isinstance(target, ast.Name):
            return target.id, statement.value
    return None, None


def _foreign_keys(module: Module, columns: dict[str, ast.Call]) -> list[ForeignKey]:
    found = []
    for name, call in columns.items():
        target: ast.expr | None = None
        if last_name(call.func) == "Field":
            target = module.argument(call, "foreign_key")
        else:
            for argument in call.args:
                if isinstance(argument, ast.Call) and last_name(argument.func) == "ForeignKey" and argument.args:
                    target = argument.args[0]
        if target is not None:
            shown = target.value if isinstance(target, ast.Constant) else module.text(target)
            first = call.args[0] if call.args else None
            written = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else name
            found.append(ForeignKey(name, written, call, str(shown)))
    return found


def _table_name(node: ast.ClassDef) -> str:
    for statement in node.body:
        name, value = _assigned(statement)
        if name == "__tablename__" and isinstance(value, ast.Constant):
            return str(value.value)
    return ""


def _leading(module: Module, node: ast.ClassDef, columns: dict[str, ast.Call]) -> frozenset[str] | None:
    leading: set[str] = set()
    keys: list[str] = []
    for name, call in columns.items():
        if module.has_unpacking(call):
            leading.add(name)
        for option in ("index", "unique"):
            value = module.argument(call, option)
            if value is not None and not (isinstance(value, ast.Constant) and not value.value):
                leading.add(name)
        if module.argument(call, "sa_column") is not None or module.argument(call, "sa_column_args") is not None:
            leading.add(name)
        key = module.argument(call, "primary_key")
        if isinstance(key, ast.Constant) and key.value is True:
            keys.append(name)
    leading.update(keys[:1])
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and statement.name == "__table_args__":
            return None
        name_, value_ = _assigned(statement)
        if name_ == "__table_args__" and value_ is not None:
            named = _indexed_by(module, value_, columns)
            if named is None:
                return None
            leading |= named
    return frozenset(leading)


def _indexed_by(module: Module, arguments: ast.expr, columns: dict[str, ast.Call]) -> set[str] | None:
    """The first columns of the indexes and constraints in `__table_args__`; None where it is not written out."""
    if isinstance(arguments, ast.Dict):
        return set()
    if not isinstance(arguments, (ast.Tuple, ast.List)):
        return None
    found: set[str] = set()
    for element in arguments.elts:
        if isinstance(element, ast.Dict):
            continue
        if not isinstance(element, ast.Call):
            return None
        first = _first_column(module, element)
        if first is not None:
            found.add(first)
    return found


def _first_column(module: Module, call: ast.Call) -> str | None:
    """The first column of `Index("name", "column")`, `UniqueConstraint("column")` and the like."""
    kind = last_name(call.func)
    if kind not in ("Index", "UniqueConstraint", "PrimaryKeyConstraint", "ExcludeConstraint"):
        return None
    given = call.args[1:] if kind == "Index" else call.args
    if not given:
        return None
    first = given[0]
    if kind == "ExcludeConstraint":
        # Pairs of a column and an operator: PostgreSQL keeps an index for them.
        first = first.elts[0] if isinstance(first, (ast.Tuple, ast.List)) and first.elts else first
        if isinstance(first, ast.Call) and last_name(first.func).lower() == "column" and first.args:
            first = first.args[0]
    while isinstance(first, ast.Call) and isinstance(first.func, ast.Attribute):
        first = first.func.value
    if isinstance(first, ast.Constant):
        return str(first.value)
    if isinstance(first, ast.Attribute):
        return first.attr
    return first.id if isinstance(first, ast.Name) else None


def _indexes_outside(module: Module) -> dict[str, frozenset[str]]:
    """The columns that `Index("name", Model.column)` outside of the class starts with, by the class's name."""
    found: dict[str, set[str]] = {}
    for call in module.nodes(ast.Call):
        if last_name(call.func) == "Index" and len(call.args) > 1:
            first = call.args[1]
            while isinstance(first, ast.Call) and isinstance(first.func, ast.Attribute):
                first = first.func.value
            if isinstance(first, ast.Attribute):
                owner: ast.expr = first.value
                if isinstance(owner, ast.Attribute) and owner.attr in ("c", "columns"):
                    owner = owner.value
                if isinstance(owner, ast.Attribute) and owner.attr == "__table__":
                    owner = owner.value
                if isinstance(owner, ast.Name):
                    found.setdefault(owner.id, set()).add(first.attr)
    return {name: frozenset(columns) for name, columns in found.items()}


def is_to_many(module: Module, model: ast.ClassDef, attribute: str) -> bool | None:
    """Whether a relationship of a model holds a collection; None where the class does not say."""
    for statement in model.body:
        name, value = _assigned(statement)
        if name != attribute or not isinstance(value, ast.Call) or last_name(value.func).lower() != "relationship":
            continue
        uselist = module.argument(value, "uselist")
        if isinstance(uselist, ast.Constant):
            return bool(uselist.value)
        if isinstance(statement, ast.AnnAssign):
            text = module.text(statement.annotation, 200)
            return any(word in _LISTS for word in _words(text))
    return None


class Relationship(NamedTuple):
    """
    A relationship to many: the qualified name of the class of its rows, and the call that declares it.

    `known` is the field by which such a row knows its one row; "" where the declaration does not name it.
    """

    target: str
    call: ast.Call
    known: str


def relationship_to_many(module: Module, model: ast.ClassDef, attribute: str) -> Relationship | None:
    """The relationship of a model that an attribute is, where it holds a collection by its annotation."""
    for statement in model.body:
        name, value = _assigned(statement)
        if (
            name != attribute
            or not isinstance(value, ast.Call)
            or not isinstance(statement, ast.AnnAssign)
            or not is_to_many(module, model, attribute)
        ):
            continue
        target = _class_of_items(module, statement.annotation)
        known = module.argument(value, "back_populates") or module.argument(value, "backref")
        field = known.value if isinstance(known, ast.Constant) else ""
        return Relationship(target, value, str(field)) if target is not None else None
    return None


def _class_of_items(module: Module, annotation: ast.expr) -> str | None:
    """The class in `Mapped[list["Member"]]`, `Mapped[List[Member]]` or `list["Member"]`."""
    while isinstance(annotation, ast.Subscript):
        annotation = annotation.slice
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return f"{module.name}.{annotation.value}" if annotation.value.isidentifier() else None
    return module.qualname(annotation)


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text).split()


def is_table(holder: ast.ClassDef) -> bool:
    """Whether a class is a table of SQLModel: `class Hero(SQLModel, table=True)`."""
    return any(keyword.arg == "table" for keyword in holder.keywords)


def is_declarative(holder: ast.ClassDef) -> bool:
    """Whether a class names its table, or has columns of SQLAlchemy."""
    for part in holder.body:
        target, annotation, value = declared(part)
        if target == "__tablename__" or (isinstance(value, ast.Call) and last_name(value) in MAPPED_COLUMNS):
            return True
        if isinstance(annotation, ast.Subscript) and last_name(annotation.value) in MAPPED:
            return True
    return False


def declared(part: ast.stmt) -> tuple[str | None, ast.expr | None, ast.expr | None]:
    """The name, annotation and value of an attribute that a class declares."""
    if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
        return part.target.id, part.annotation, part.value
    if isinstance(part, ast.Assign) and len(part.targets) == 1 and isinstance(part.targets[0], ast.Name):
        return part.targets[0].id, None, part.value
    return None, None, None


def validated_columns(holder: ast.ClassDef) -> set[str]:
    """The columns of a class for which a method of it is a validator: `@validates("email")`."""
    return {
        str(one.value)
        for part in ast.walk(holder)
        if isinstance(part, ast.Call) and last_name(part) == "validates"
        for one in part.args
        if isinstance(one, ast.Constant)
    }
