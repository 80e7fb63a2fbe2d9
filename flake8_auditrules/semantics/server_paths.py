"""Server paths: expressions that hold an absolute path of this machine, and where an answer shows one."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import paths, web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.environment import variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions, reads_as_class
from flake8_auditrules.semantics.request_values import carried
from flake8_auditrules.semantics.routes import is_route, role_of
from flake8_auditrules.semantics.scopes import Binding, BindingKind
from flake8_auditrules.semantics.secret_names import words

_MAXIMUM_HOPS = 8
_TEXT_FUNCTIONS = frozenset({"str", "repr", "dict", "list", "tuple", "join", "jsonify", "dumps", "format"})
_TEXT_METHODS = frozenset({"format", "join"})
_SETTINGS = frozenset({"settings", "config", "conf", "cfg", "app_settings", "app_config", "get_settings"})
_CLASSES = frozenset({"pathlib.Path", "anyio.Path", "pathlib.PosixPath"})
_PLACES = frozenset({"path", "directory", "dir", "folder"})
_FOLDER_SETTING = pattern(
    r"(?:^|_)(?:dir|directory|folder|(?:data|docs|files|media|project|repo|static|storage|upload)s?_root)$"
)


def shown_path(module: Module, expression: ast.expr, hops: int = 0) -> ast.expr | None:
    """
    The part of an expression, as text or as a part of a structure, that is an absolute path of this machine.

    Names that are assigned once are followed. None where nothing of it is one: the last part of a path, a path
    relative to another, and what an unknown function makes of one are none.
    """
    if hops > _MAXIMUM_HOPS:
        return None
    if is_server_path(module, expression):
        return expression
    parts: list[ast.expr] = []
    if isinstance(expression, ast.Name):
        value = _only_value(module, expression)
        found = shown_path(module, value, hops + 1) if value is not None else None
        return expression if found is not None else None
    if isinstance(expression, ast.JoinedStr):
        parts = [part.value for part in expression.values if isinstance(part, ast.FormattedValue)]
    elif isinstance(expression, ast.Dict):
        parts = expression.values
    elif isinstance(expression, (ast.List, ast.Tuple, ast.Set)):
        parts = expression.elts
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, (ast.Add, ast.Mod)):
        parts = [expression.left, expression.right]
    elif isinstance(expression, ast.IfExp):
        # `Path(value) if value else Path.cwd()`: whoever gives the value knows the place.
        parts = [] if _is_of_tested(expression) else [expression.body, expression.orelse]
    elif isinstance(expression, ast.BoolOp):
        parts = [] if _is_named_by_client(module, expression.values[0]) else expression.values
    elif isinstance(expression, ast.Await):
        parts = [expression.value]
    elif isinstance(expression, ast.Call) and _passes_on(module, expression):
        parts = [*expression.args, *(keyword.value for keyword in expression.keywords)]
    for part in parts:
        found = shown_path(module, part, hops + 1)
        if found is not None:
            return found
    return None


def _is_of_tested(choice: ast.IfExp) -> bool:
    """Whether a choice takes what its test asks for, where it is there."""
    return isinstance(choice.test, ast.Name) and mentions(choice.body, {choice.test.id})


def _passes_on(module: Module, call: ast.Call) -> bool:
    """Whether what a call gives holds its arguments: a text, a collection or an object made of them."""
    last = last_name(call)
    if isinstance(call.func, ast.Attribute) and last in _TEXT_METHODS:
        return True
    if last in _TEXT_FUNCTIONS:
        return True
    # A response of a framework that is no answer of its own text sends what the path names.
    return reads_as_class(last) and not (module.qualname(call.func) or last).startswith(
        ("FileResponse", *(f"{name}." for name in web.FRAMEWORKS))
    )


def _only_value(module: Module, name: ast.Name) -> ast.expr | None:
    """What a name holds that is assigned in one place."""
    bindings = module.bindings(name)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT:
        return None
    return bindings[0].value


def is_server_path(module: Module, expression: ast.expr, hops: int = 0) -> bool:
    """Whether an expression certainly is an absolute path that this machine, not the client, has chosen."""
    if hops > _MAXIMUM_HOPS:
        return False
    if isinstance(expression, ast.Name):
        return _is_path_name(module, expression, hops + 1)
    if isinstance(expression, ast.Attribute):
        if expression.attr in paths.LEADING:
            return is_server_path(module, expression.value, hops + 1)
        return _is_folder_setting(module, expression) or _is_path_attribute(module, expression, hops + 1)
    if isinstance(expression, ast.Subscript):
        value = expression.value
        return (
            isinstance(value, ast.Attribute)
            and value.attr == "parents"
            and is_server_path(module, value.value, hops + 1)
        )
    if isinstance(expression, ast.BinOp):
        if isinstance(expression.op, (ast.Div, ast.Add)):
            return is_server_path(module, expression.left, hops + 1)
        return False
    if isinstance(expression, ast.JoinedStr):
        first = expression.values[0] if len(expression.values) > 1 else None
        second = expression.values[1] if first is not None else None
        return (
            isinstance(first, ast.FormattedValue)
            and isinstance(second, ast.Constant)
            and str(second.value).startswith("/")
            and is_server_path(module, first.value, hops + 1)
        )
    if isinstance(expression, ast.Call):
        return _is_path_call(module, expression, hops)
    return False


def _is_path_call(module: Module, call: ast.Call, hops: int) -> bool:
    name = module.qualname(call.func)
    if name in paths.ABSOLUTE:
        return True
    if _is_own_function(module, call):
        return True
    first = call.args[0] if call.args else None
    if name in paths.MADE_ABSOLUTE:
        return first is not None and _is_chosen_here(module, first, hops + 1)
    if name in paths.BUILDERS or name in paths.KEEPING or name == "builtins.str":
        return first is not None and (_is_absolute_text(module, first) or is_server_path(module, first, hops + 1))
    function = call.func
    if not isinstance(function, ast.Attribute):
        return False
    if function.attr in paths.MAKING_ABSOLUTE and not call.args:
        return _is_chosen_here(module, function.value, hops + 1)
    return function.attr in paths.KEEPING_METHODS and is_server_path(module, function.value, hops + 1)


def _is_own_function(module: Module, call: ast.Call) -> bool:
    """Whether a call gives a `Path` that a function of the project makes."""
    callee = module.callee(call)
    return (
        callee is not None
        and not callee.startswith(("pathlib.", "anyio.", "builtins.", "os."))
        and module.instance_of(call) in _CLASSES
        and not any(_is_named_by_client(module, argument) for argument in call.args)
    )


def _is_named_by_client(module: Module, argument: ast.expr) -> bool:
    """Whether an argument is what the client names a place by: `body.directory`, `request.args.get("path")`."""
    if isinstance(argument, ast.Name):
        value = _only_value(module, argument)
        if isinstance(value, ast.BoolOp):
            value = value.values[0]
        return value is not None and carried(module, value, {}) is not None
    if not isinstance(argument, ast.Attribute) or not isinstance(argument.value, ast.Name):
        return False
    holder = argument.value
    return (
        not _PLACES.isdisjoint(words(argument.attr)[-1:])
        and holder.id.lower().lstrip("_") not in _SETTINGS
        and {binding.kind for binding in module.bindings(holder)} == {BindingKind.PARAMETER}
        and is_route(module, module.function_of(argument))
    )


def _is_chosen_here(module: Module, path: ast.expr, hops: int) -> bool:
    """Whether a path, absolute or not, comes from this machine: a constant, or below a path of it."""
    if hops > _MAXIMUM_HOPS:
        return False
    if is_server_path(module, path, hops):
        return True
    if isinstance(path, ast.Constant):
        return isinstance(path.value, str)
    if isinstance(path, ast.Name):
        value = _only_value(module, path)
        return value is not None and _is_chosen_here(module, value, hops + 1)
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Div):
        return _is_chosen_here(module, path.left, hops + 1)
    if isinstance(path, ast.Call) and module.qualname(path.func) in paths.BUILDERS and path.args:
        return _is_chosen_here(module, path.args[0], hops + 1)
    return variable(module, path) is not None


def _is_absolute_text(module: Module, expression: ast.expr) -> bool:
    """Whether a text that is to be a path starts at the root: written out, or what a variable has by default."""
    if isinstance(expression, ast.Name):
        value = _only_value(module, expression)
        return value is not None and not isinstance(value, ast.Name) and _is_absolute_text(module, value)
    reading = variable(module, expression)
    if reading is not None:
        return reading.default is not None and _is_absolute_text(module, reading.default)
    return (
        isinstance(expression, ast.Constant)
        and isinstance(expression.value, str)
        and expression.value.startswith("/")
    )


def _is_path_name(module: Module, name: ast.Name, hops: int) -> bool:
    bindings = module.bindings(name)
    if not bindings:
        return name.id == "__file__"
    return all(_is_path_binding(module, name, binding, hops) for binding in bindings)


def _is_path_binding(module: Module, name: ast.Name, binding: Binding, hops: int) -> bool:
    if binding.kind is BindingKind.IMPORT:
        return name.id.isupper() and module.elsewhere.variable_class(module.qualname(name) or "") in _CLASSES
    if binding.kind is BindingKind.CONTEXT:
        return isinstance(binding.value, ast.Call) and module.qualname(binding.value.func) in paths.ABSOLUTE
    if binding.kind is BindingKind.PARAMETER:
        # No framework makes a `Path` of what a client sends, save where the route itself asks for one.
        function = module.enclosing(binding.site, ast.FunctionDef, ast.AsyncFunctionDef)
        return (
            binding.annotation is not None
            and module.instances.annotated_class(binding.annotation) in _CLASSES
            and role_of(module, function) is None
            and not _is_put_below(module, function, name.id)
        )
    return (
        binding.kind is BindingKind.ASSIGNMENT
        and binding.value is not None
        and is_server_path(module, binding.value, hops)
    )


def _is_put_below(module: Module, function: ast.AST | None, name: str) -> bool:
    """Whether a function puts what a parameter holds below another path: a part, as it was asked for."""
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(parent := module.parent(use), ast.BinOp)
        and isinstance(parent.op, ast.Div)
        and parent.right is use
        for use in module.names_in(function).get(name, ())
    )


def _is_folder_setting(module: Module, attribute: ast.Attribute) -> bool:
    """Whether an attribute is a folder of the settings: `settings.UPLOAD_DIR`."""
    return (
        _FOLDER_SETTING.search(attribute.attr.lower()) is not None
        and last_name(attribute.value).lower().lstrip("_") in _SETTINGS
    )


def _is_path_attribute(module: Module, attribute: ast.Attribute, hops: int) -> bool:
    """Whether an attribute of the method's own class holds a path of this machine."""
    if not isinstance(attribute.value, ast.Name):
        return False
    holder = module.enclosing(attribute, ast.ClassDef)
    method = module.function_of(attribute)
    if holder is None or not isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    if module.parent(method) is not holder or module.instances.receiver_name(method) != attribute.value.id:
        return False
    bindings = module.members(holder).attributes.get(attribute.attr, [])
    return bool(bindings) and all(
        binding.value is not None and is_server_path(module, binding.value, hops) for binding, _ in bindings
    )
