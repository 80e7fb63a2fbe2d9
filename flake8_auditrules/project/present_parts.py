"""Parts that are always there: what a branch asks for as missing, though every way to it has one."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import given_by_every_caller
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target, last_name, reads_as_class, uncalled
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.shared_state import name_uses

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MANAGERS = frozenset({"contextlib.asynccontextmanager"})


def is_never_missing(project: Project, module: Module, node: ast.stmt) -> bool:
    """
    Whether a statement answers for a part that is missing, `if not self.mailer:`, and that never is.

    All that make the object give it the part, made there; or the start of the application makes it whatever comes,
    before the first request.
    """
    branch = module.parent(node)
    if not isinstance(branch, ast.If) or node not in branch.body:
        return False
    part = _asked_for(branch.test)
    if isinstance(part, ast.Attribute):
        return _is_given_to_each(project, module, part)
    return isinstance(part, ast.Name) and _is_made_at_start(module, part)


def _asked_for(test: ast.expr) -> ast.expr | None:
    """What a test asks for as missing: `not part`, `part is None`."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Is):
        other = test.comparators[0]
        return test.left if isinstance(other, ast.Constant) and other.value is None else None
    return None


def _is_given_to_each(project: Project, module: Module, part: ast.Attribute) -> bool:
    """Whether all that make an object of the class give it what it keeps under a name."""
    owner = _class_of_self(module, part.value)
    kept = module.members(owner).attributes.get(part.attr, []) if owner is not None else []
    constructor = module.members(owner).methods.get("__init__") if owner is not None else None
    value = kept[0][0].value if len(kept) == 1 else None
    if not isinstance(constructor, _FUNCTIONS) or not isinstance(value, ast.Name):
        return False
    if not any(binding.kind is BindingKind.PARAMETER for binding in module.bindings(value)):
        return False
    given = given_by_every_caller(project, module, constructor, value.id)
    return bool(given) and all(one.value is not None and _is_made(one.caller.module, one.value) for one in given)


def _class_of_self(module: Module, expression: ast.expr) -> ast.ClassDef | None:
    """The class whose method calls an object `self`, there or in a function that is nested in it."""
    if not isinstance(expression, ast.Name) or expression.id != "self":
        return None
    owner = module.owner_of(expression)
    return module.class_of(owner.node) if owner is not None and isinstance(owner.node, _FUNCTIONS) else None


def _is_made(module: Module, value: ast.expr) -> bool:
    """Whether a value is an object that a class has made, and nothing else."""
    if isinstance(value, ast.Call):
        return reads_as_class(last_name(value))
    values: list[ast.expr | None] = []
    if isinstance(value, ast.Name):
        values = [binding.value for binding in module.bindings(value)]
    elif isinstance(value, ast.Attribute):
        owner = _class_of_self(module, value.value)
        if owner is not None:
            values = [binding.value for binding, _ in module.members(owner).attributes.get(value.attr, ())]
    return bool(values) and all(isinstance(one, ast.Call) and reads_as_class(last_name(one)) for one in values)


def _is_made_at_start(module: Module, name: ast.Name) -> bool:
    """Whether a lifespan or a start-up hook gives a variable of the module an object, in no branch."""
    if name.id not in module.index.root.bindings:
        return False
    return any(
        isinstance(use.ctx, ast.Store)
        and isinstance(function := module.function_of(use), _FUNCTIONS)
        and module.parent(module.statement(use)) is function
        and assigned_target(module.statement(use)) is use
        and _is_made(module, module.statement(use).value)  # type: ignore[attr-defined]
        and _begins_application(module, function)
        for use in name_uses(module).get(name.id, ())
    )


def _begins_application(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is a lifespan, or a hook that runs before requests: `@app.on_event("startup")`."""
    for decorator in function.decorator_list:
        if module.qualname(uncalled(decorator)) in _MANAGERS and "lifespan" in function.name:
            return True
        if isinstance(decorator, ast.Call) and last_name(decorator) == "on_event" and decorator.args:
            event = decorator.args[0]
            return isinstance(event, ast.Constant) and event.value == "startup"
    return False
