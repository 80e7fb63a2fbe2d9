"""Names: an expression's qualified name, through imports, aliases and definitions."""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Container, Iterator

from flake8_auditrules.knowledge.aliases import canonical
from flake8_auditrules.semantics.scopes import BUILTIN_NAMES, Binding, BindingKind, Scope
from flake8_auditrules.semantics.walk import Index

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_MAXIMUM_HOPS = 8


@functools.cache
def _builtin(name: str) -> str | None:
    """The qualified name of a name that nothing binds."""
    return canonical(f"builtins.{name}") if name in BUILTIN_NAMES else None


def is_none_literal(expression: ast.AST | None) -> bool:
    """Whether an expression is the written-out None; False where there is no expression."""
    return isinstance(expression, ast.Constant) and expression.value is None


def last_name(expression: ast.AST | None) -> str:
    """The last written name of a name, attribute or call: `get` of `a.b.get` and `a.b.get()`; "" of others."""
    # Asked of nearly every call: comparing classes is faster than isinstance.
    if expression.__class__ is ast.Call:
        expression = expression.func
    kind = expression.__class__
    if kind is ast.Attribute:
        return expression.attr  # type: ignore[union-attr, no-any-return]
    return expression.id if kind is ast.Name else ""  # type: ignore[union-attr]


def assigned_target(statement: ast.AST | None) -> ast.expr | None:
    """The one target of `x = value` or `x: T = value`; None for `x = y = value` and other statements."""
    if isinstance(statement, ast.AnnAssign):
        return statement.target
    return statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None


def begin_of_chain(expression: ast.expr, methods: Container[str]) -> ast.expr:
    """What a chain of calls of some methods begins with: `Book.objects` of `Book.objects.filter(...).all()`."""
    while (
        isinstance(expression, ast.Call)
        and isinstance(expression.func, ast.Attribute)
        and expression.func.attr in methods
    ):
        expression = expression.func.value
    return expression


def set_in(holder: ast.ClassDef, name: str) -> ast.expr | None:
    """What a class variable is set to in the body of a class."""
    for part in holder.body:
        if isinstance(part, ast.Assign) and any(
            isinstance(one, ast.Name) and one.id == name for one in part.targets
        ):
            return part.value
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and part.target.id == name:
            return part.value
    return None


def defined_name(statement: ast.stmt) -> str:
    """The name that a statement of a class's body defines, by `def`, `class` or an assignment; "" for others."""
    return statement.name if isinstance(statement, _DEFINITIONS) else last_name(assigned_target(statement))


def reads_as_class(name: str) -> bool:
    """Whether a name is written like a class's; `MESSAGES.DEFAULT(error)` is a function that may redact."""
    plain = name.lstrip("_")
    return plain[:1].isupper() and not plain.isupper()


def calls_super(call: ast.Call) -> bool:
    """Whether a call is one of a method of a base class: `super().method()`."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Name) and receiver.func.id == "super"


def mentions(expression: ast.AST, names: Collection[str]) -> bool:
    """Whether one of these plain names stands anywhere in an expression."""
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(expression))


def unsubscripted(expression: ast.expr) -> ast.expr:
    """A class without the arguments that it is given: `Base` of `Base[T]`."""
    return expression.value if isinstance(expression, ast.Subscript) else expression


def annotated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[ast.arg, ast.expr]]:
    """The parameters that have an annotation, each with it; `*args` and `**options` are left out."""
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if argument.annotation is not None:
            yield argument, argument.annotation


def defaults_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[ast.arg, ast.expr]]:
    """The parameters of a function that a caller may leave out, and what they are then."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    yield from zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True)
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield parameter, default


def uncalled(expression: ast.expr) -> ast.expr:
    """What is called, of a call; any other expression itself: `task` of `@task` and of `@task(...)`."""
    return expression.func if isinstance(expression, ast.Call) else expression


class Names:
    """
    The qualified names of one module's expressions.

    `module_name` is the module's dotted name; what the module defines gets it as a prefix, and relative
    imports are resolved against it (`is_package` for an `__init__` file).
    """

    def __init__(self, index: Index, module_name: str, is_package: bool) -> None:
        self._index = index
        self._module_name = module_name
        self._is_package = is_package
        self._known: dict[ast.expr, str | None] = {}
        self._of_scopes: dict[tuple[Scope, str], str | None] = {}

    def qualname(self, expression: ast.expr) -> str | None:
        """
        The qualified name of what a name or attribute chain refers to, such as `httpx.AsyncClient`.

        Builtins are `builtins.open`, the module's own definitions start with the module's dotted name. None
        for all other expressions, for parameters and variables that are no alias, and for names that are
        bound to different things.
        """
        return self._resolve(expression, 0)

    def _resolve(self, expression: ast.expr, hops: int) -> str | None:
        if expression.__class__ is ast.Name:
            return self._resolve_name(expression, hops) if hops < _MAXIMUM_HOPS else None
        if not isinstance(expression, ast.Attribute):
            return None
        try:
            return self._known[expression]
        except KeyError:
            pass
        tail: list[str] = []
        inner: ast.expr = expression
        while isinstance(inner, ast.Attribute):
            tail.append(inner.attr)
            inner = inner.value
        name: str | None = None
        if isinstance(inner, ast.Name) and hops < _MAXIMUM_HOPS:
            head = self._resolve_name(inner, hops)
            if head is not None:
                name = canonical(".".join([head, *reversed(tail)])) if tail else head
        self._known[expression] = name
        return name

    def _resolve_name(self, name: ast.Name, hops: int) -> str | None:
        owner = self._index.owner_of(name)
        if owner is None:
            known = _builtin(name.id)
            if known is None and self._index.root.stars:
                # Some other module of the project may pass it on; who follows names there finds it.
                return f"{self._module_name}.{name.id}"
            return known
        key = (owner, name.id)
        if key not in self._of_scopes:
            # A name that stands for itself in the end stands for nothing that is known.
            self._of_scopes[key] = None
            self._of_scopes[key] = self._resolve_bindings(owner.bindings[name.id], name, hops)
        return self._of_scopes[key]

    def _resolve_bindings(self, sites: list[ast.AST], name: ast.Name, hops: int) -> str | None:
        """The one qualified name that all of a name's bindings give it."""
        found: str | None = None
        for site in sites:
            resolved = self._resolve_site(site, name, hops)
            if resolved is None:
                if self._is_placeholder(site):
                    continue
                return None
            if found is not None and resolved != found:
                return None
            found = resolved
        return found

    def _resolve_site(self, site: ast.AST, name: ast.Name, hops: int) -> str | None:
        if isinstance(site, ast.alias):
            return canonical(self.imported(site))
        if isinstance(site, _DEFINITIONS):
            return self.definition(site)
        binding = self.binding(site)
        value = binding.value
        if binding.kind is BindingKind.ASSIGNMENT and value is not None and value is not name:
            if isinstance(value, (ast.Name, ast.Attribute)):
                return self._resolve(value, hops + 1)
            if (
                isinstance(value, ast.Call)
                and value.args
                and self._resolve(value.func, hops + 1) == "functools.partial"
            ):
                return self._resolve(value.args[0], hops + 1)
        return None

    def _is_placeholder(self, site: ast.AST) -> bool:
        """Whether a site says nothing: `X = None` beside an optional import, a bare annotation, `del X`."""
        binding = self.binding(site)
        if binding.kind in (BindingKind.DELETION, BindingKind.ANNOTATION):
            return True
        return (
            binding.kind is BindingKind.ASSIGNMENT
            and isinstance(binding.value, ast.Constant)
            and binding.value.value is None
        )

    def imported(self, alias: ast.alias) -> str:
        """The absolute dotted name that an import alias binds."""
        statement = self._index.parents[alias]
        if isinstance(statement, ast.ImportFrom):
            base = self.imported_module(statement)
            return f"{base}.{alias.name}" if base else alias.name
        return alias.name if alias.asname else alias.name.partition(".")[0]

    def imported_module(self, statement: ast.ImportFrom) -> str:
        """The absolute dotted name of the module that a `from` import names."""
        if not statement.level:
            return statement.module or ""
        parts = self._module_name.split(".") if self._module_name else []
        dropped = statement.level - 1 if self._is_package else statement.level
        kept = parts[: max(0, len(parts) - dropped)]
        return ".".join([*kept, *([statement.module] if statement.module else [])])

    def definition(self, node: ast.AST) -> str:
        """The dotted name of a function or class of this module, with all that it is nested in."""
        parts: list[str] = []
        current: ast.AST | None = node
        while current is not None:
            if isinstance(current, _DEFINITIONS):
                parts.append(current.name)
            current = self._index.parents.get(current)
        if self._module_name:
            parts.append(self._module_name)
        return ".".join(reversed(parts))

    def binding(self, site: ast.AST) -> Binding:
        """What a binding site of a scope says: the kind, the value and the annotation."""
        if isinstance(site, ast.Name):
            return self._binding_of_name(site)
        if isinstance(site, ast.arg):
            return Binding(BindingKind.PARAMETER, site, self._default(site), site.annotation)
        if isinstance(site, ast.alias):
            return Binding(BindingKind.IMPORT, site)
        if isinstance(site, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return Binding(BindingKind.FUNCTION, site)
        if isinstance(site, ast.ClassDef):
            return Binding(BindingKind.CLASS, site)
        if isinstance(site, ast.ExceptHandler):
            return Binding(BindingKind.EXCEPTION, site, site.type)
        return Binding(BindingKind.PATTERN if isinstance(site, ast.pattern) else BindingKind.TYPE, site)

    def _binding_of_name(self, site: ast.Name) -> Binding:
        """What the statement or expression around a name binds it to."""
        if isinstance(site.ctx, ast.Del):
            return Binding(BindingKind.DELETION, site)
        parent = self._index.parents.get(site)
        if isinstance(parent, ast.Assign):
            return Binding(BindingKind.ASSIGNMENT, site, parent.value)
        if isinstance(parent, ast.AnnAssign):
            if parent.value is None:
                return Binding(BindingKind.ANNOTATION, site, None, parent.annotation)
            return Binding(BindingKind.ASSIGNMENT, site, parent.value, parent.annotation)
        if isinstance(parent, ast.NamedExpr):
            return Binding(BindingKind.ASSIGNMENT, site, parent.value)
        if isinstance(parent, ast.AugAssign):
            return Binding(BindingKind.AUGMENTED, site, parent.value)
        if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)):
            return Binding(BindingKind.LOOP, site, parent.iter)
        if isinstance(parent, ast.withitem):
            return Binding(BindingKind.CONTEXT, site, parent.context_expr)
        if isinstance(parent, (ast.Tuple, ast.List)):
            paired = self._unpacked_value(site, parent)
            if paired is not None:
                return Binding(BindingKind.ASSIGNMENT, site, paired)
            return Binding(BindingKind.UNPACKED, site)
        if isinstance(parent, ast.Starred):
            return Binding(BindingKind.UNPACKED, site)
        return Binding(BindingKind.TYPE, site)

    def _unpacked_value(self, site: ast.Name, target: ast.Tuple | ast.List) -> ast.expr | None:
        """The value that `site` gets in `a, b = x, y`, where both sides are written out."""
        statement = self._index.parents.get(target)
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, (ast.Tuple, ast.List)):
            return None
        elements = statement.value.elts
        if len(elements) != len(target.elts):
            return None
        if any(isinstance(element, ast.Starred) for element in (*elements, *target.elts)):
            return None
        return elements[target.elts.index(site)]

    def _default(self, parameter: ast.arg) -> ast.expr | None:
        arguments = self._index.parents[parameter]
        assert isinstance(arguments, ast.arguments)
        positional = [*arguments.posonlyargs, *arguments.args]
        if parameter in positional:
            offset = positional.index(parameter) - (len(positional) - len(arguments.defaults))
            return arguments.defaults[offset] if offset >= 0 else None
        if parameter in arguments.kwonlyargs:
            return arguments.kw_defaults[arguments.kwonlyargs.index(parameter)]
        return None
