"""Plain classes: those whose constructor keeps what it is given and does nothing that could fail."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.names import last_name, uncalled

_MAKERS = frozenset({"__init__", "__new__", "__post_init__"})
_DATA_BASES = frozenset({"NamedTuple", "object"})
_PLAIN = (
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.expr_context,
    ast.Dict,
    ast.List,
    ast.Tuple,
    ast.Set,
    ast.BoolOp,
    ast.boolop,
    ast.IfExp,
    ast.UnaryOp,
    ast.Not,
    ast.Compare,
    ast.Is,
    ast.IsNot,
)


def only_keeps(class_: ast.ClassDef) -> bool:
    """Whether making an object of a class, given what it takes, only stores that: data classes, named tuples."""
    makers = {
        part.name: part for part in class_.body if isinstance(part, ast.FunctionDef) and part.name in _MAKERS
    }
    if class_.keywords or any(last_name(base) not in _DATA_BASES for base in class_.bases):
        return False
    decorators = {last_name(uncalled(decorator)) for decorator in class_.decorator_list}
    if not decorators <= {"dataclass"} or any(name != "__init__" for name in makers):
        return False
    constructor = makers.get("__init__")
    return constructor is None or (not constructor.decorator_list and all(map(_stores, constructor.body)))


def _stores(statement: ast.stmt) -> bool:
    """Whether a statement of a constructor is a docstring, or stores names, constants or containers of them."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return isinstance(statement, ast.Pass)
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return all(isinstance(target, (ast.Name, ast.Attribute)) for target in targets) and all(
        isinstance(part, _PLAIN) for part in ast.walk(statement.value)
    )
