"""Instances: the class that an expression is an instance of."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Protocol

from flake8_auditrules.knowledge import returns
from flake8_auditrules.knowledge.aliases import canonical
from flake8_auditrules.semantics.names import Names, unsubscripted
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode
from flake8_auditrules.semantics.walk import Index

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.Lambda, ast.ClassDef)
_MAXIMUM_HOPS = 12
_NEW_TYPES = frozenset({"typing.NewType", "typing_extensions.NewType"})
_WRAPPERS = frozenset(
    {
        "typing.Annotated",
        "typing_extensions.Annotated",
        "typing.Optional",
        "typing.Final",
        "typing.ClassVar",
        "typing_extensions.Final",
        "sqlalchemy.orm.Mapped",
        "fastapi.Depends",
    }
)
_UNIONS = frozenset({"typing.Union", "typing.Optional"})
_MANAGERS = frozenset(
    {
        "contextlib.AbstractContextManager",
        "contextlib.AbstractAsyncContextManager",
        "typing.ContextManager",
        "typing.AsyncContextManager",
    }
)
_ITERATORS = frozenset(
    {
        "typing.Iterator",
        "typing.Generator",
        "typing.Iterable",
        "typing.AsyncIterator",
        "typing.AsyncGenerator",
        "typing.AsyncIterable",
        "collections.abc.Iterator",
        "collections.abc.Generator",
        "collections.abc.Iterable",
        "collections.abc.AsyncIterator",
        "collections.abc.AsyncGenerator",
        "collections.abc.AsyncIterable",
        *_MANAGERS,
    }
)
_AWAITABLES = frozenset(
    {"typing.Awaitable", "typing.Coroutine", "collections.abc.Awaitable", "collections.abc.Coroutine"}
)
# The class of what an expression of this form makes.
CLASS_OF_LITERAL: Mapping[type[ast.expr], str] = {
    ast.Dict: "builtins.dict",
    ast.DictComp: "builtins.dict",
    ast.List: "builtins.list",
    ast.ListComp: "builtins.list",
    ast.Set: "builtins.set",
    ast.SetComp: "builtins.set",
    ast.Tuple: "builtins.tuple",
    ast.JoinedStr: "builtins.str",
}
_BUILTIN_CLASSES = frozenset(
    {
        "builtins.bool",
        "builtins.bytearray",
        "builtins.bytes",
        "builtins.dict",
        "builtins.float",
        "builtins.frozenset",
        "builtins.int",
        "builtins.list",
        "builtins.object",
        "builtins.set",
        "builtins.str",
        "builtins.tuple",
        "collections.defaultdict",
        "collections.deque",
    }
)
# Functions that are written like classes and describe a field: its value is of the annotation's class.
_DESCRIBING = frozenset({"pydantic.Field", "pydantic.PrivateAttr", "sqlmodel.Field"})
_SELVES = frozenset({"typing.Self", "typing_extensions.Self"})


class Elsewhere(Protocol):
    """
    What other modules of the project know; the project layer fills it.

    Every method takes a qualified name and answers None where it knows nothing. A class is named by its
    qualified name, a number or text is the constant itself.
    """

    def is_class(self, qualname: str) -> bool | None:
        """Whether the name is a class (True), something else (False), or not known (None)."""

    def bases(self, qualname: str) -> tuple[str, ...] | None:
        """The qualified names of a class's direct bases."""

    def attribute_class(self, class_name: str, attribute: str) -> str | None:
        """The class of what an attribute or property of a class's instances holds."""

    def returned_class(self, function: str, awaited: bool) -> str | None:
        """The class that calling a function gives, or that awaiting its call gives."""

    def entered_class(self, function: str) -> str | None:
        """The class that `with function() as x` binds to x, for a context manager made of a generator."""

    def meant_class(self, qualname: str) -> str | None:
        """The class that an annotation means which names a module's variable or what a module passes on."""

    def variable_class(self, qualname: str) -> str | None:
        """The class of the object that a module's variable holds."""

    def constant(self, qualname: str) -> int | float | str | bool | None:
        """The constant that a module's or class's variable holds."""


class Nowhere:
    """No other modules are known."""

    def is_class(self, qualname: str) -> bool | None:
        """Nothing is known."""
        return None

    def bases(self, qualname: str) -> tuple[str, ...] | None:
        """Nothing is known."""
        return None

    def attribute_class(self, class_name: str, attribute: str) -> str | None:
        """Nothing is known."""
        return None

    def returned_class(self, function: str, awaited: bool) -> str | None:
        """Nothing is known."""
        return None

    def entered_class(self, function: str) -> str | None:
        """Nothing is known."""
        return None

    def meant_class(self, qualname: str) -> str | None:
        """Nothing is known."""
        return None

    def variable_class(self, qualname: str) -> str | None:
        """Nothing is known."""
        return None

    def constant(self, qualname: str) -> int | float | str | bool | None:
        """Nothing is known."""
        return None


class ClassMembers:
    """
    What one class of the module says of itself.

    `methods` maps names to definitions (the last one counts), `attributes` maps names to the bindings found
    in the class body and as `self.name` in its methods, each with the function it stands in (None: the body).
    """

    __slots__ = ("attributes", "methods", "node")

    def __init__(self, node: ast.ClassDef) -> None:
        self.node = node
        self.methods: dict[str, FunctionNode] = {}
        self.attributes: dict[str, list[tuple[Binding, FunctionNode | None]]] = {}


class Instances:
    """The classes of one module's expressions; every answer is kept."""

    def __init__(self, index: Index, names: Names, elsewhere: Elsewhere) -> None:
        self._index = index
        self._names = names
        self._elsewhere = elsewhere
        self._known: dict[ast.expr, str | None] = {}
        self._held: dict[str, str | None] = {}
        self._stored: dict[FunctionNode, list[tuple[ast.Attribute, str]]] | None = None
        self._members: dict[ast.ClassDef, ClassMembers] = {}
        self._classes: dict[str, ast.ClassDef] | None = None
        self._functions: dict[str, FunctionNode] | None = None
        self._asking: set[object] = set()
        self._bases: dict[str, tuple[str, ...]] = {}
        self._ancestries: dict[str, tuple[str, ...]] = {}
        self._methods: dict[tuple[str, str], str] = {}
        self._aliases: dict[str, str] = {}

    # -- what the module defines -----------------------------------------------------------------------

    def local_class(self, qualname: str) -> ast.ClassDef | None:
        """The class of this module that has this qualified name."""
        if self._classes is None:
            self._classes = {
                self._names.definition(node): node
                for node in self._index.nodes[ast.ClassDef]
                if isinstance(node, ast.ClassDef)
            }
        return self._classes.get(qualname)

    def local_function(self, qualname: str) -> FunctionNode | None:
        """The function or method of this module that has this qualified name (the last one defined)."""
        if self._functions is None:
            self._functions = {}
            for kind in _FUNCTIONS:
                for node in self._index.nodes[kind]:
                    assert isinstance(node, _FUNCTIONS)
                    self._functions[self._names.definition(node)] = node
        return self._functions.get(qualname)

    def members(self, node: ast.ClassDef) -> ClassMembers:
        """What a class of this module says of itself."""
        members = self._members.get(node)
        if members is None:
            members = self._members[node] = self._collect_members(node)
        return members

    def _collect_members(self, node: ast.ClassDef) -> ClassMembers:
        members = ClassMembers(node)
        scope = self._index.scopes[node]
        for name, sites in scope.bindings.items():
            for site in sites:
                if isinstance(site, _FUNCTIONS):
                    members.methods[name] = site
                elif isinstance(site, ast.Name):
                    binding = self._names.binding(site)
                    members.attributes.setdefault(name, []).append((binding, None))
        stored = self._stored_attributes()
        for method in members.methods.values():
            receiver = self.receiver_name(method) if method in stored else None
            if receiver is not None:
                for target, holder in stored[method]:
                    if holder == receiver:
                        binding = self._attribute_binding(target)
                        members.attributes.setdefault(target.attr, []).append((binding, method))
        return members

    def _stored_attributes(self) -> dict[FunctionNode, list[tuple[ast.Attribute, str]]]:
        """The attributes of names that functions assign (`x.attribute = ...`), each with the name, by function."""
        if self._stored is None:
            self._stored = {}
            parents = self._index.parents
            for node in self._index.nodes[ast.Attribute]:
                assert isinstance(node, ast.Attribute)
                if node.ctx.__class__ is not ast.Store or node.value.__class__ is not ast.Name:
                    continue
                current: ast.AST | None = parents[node]
                while current is not None and not isinstance(current, _SCOPES):
                    current = parents.get(current)
                if isinstance(current, _FUNCTIONS):
                    self._stored.setdefault(current, []).append((node, node.value.id))
        return self._stored

    def _attribute_binding(self, target: ast.Attribute) -> Binding:
        parent = self._index.parents.get(target)
        if isinstance(parent, ast.Assign):
            return Binding(BindingKind.ASSIGNMENT, target, parent.value)
        if isinstance(parent, ast.AnnAssign):
            return Binding(BindingKind.ASSIGNMENT, target, parent.value, parent.annotation)
        if isinstance(parent, ast.AugAssign):
            return Binding(BindingKind.AUGMENTED, target, parent.value)
        if isinstance(parent, ast.withitem):
            return Binding(BindingKind.CONTEXT, target, parent.context_expr)
        if isinstance(parent, (ast.For, ast.AsyncFor)):
            return Binding(BindingKind.LOOP, target, parent.iter)
        return Binding(BindingKind.UNPACKED, target)

    def receiver_name(self, method: FunctionNode) -> str | None:
        """The name of a method's first parameter (`self`, `cls`); None for functions and static methods."""
        if not isinstance(self._index.parents.get(method), ast.ClassDef):
            return None
        for decorator in method.decorator_list:
            if self._names.qualname(decorator) == "builtins.staticmethod":
                return None
        positional = [*method.args.posonlyargs, *method.args.args]
        return positional[0].arg if positional else None

    def positional_parameters(self, function: FunctionNode) -> list[str]:
        """The names of the parameters that a call's positional arguments fill, a method's receiver left out."""
        names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        return names[1:] if self.receiver_name(function) is not None else names

    def is_defined(self, class_name: str) -> bool:
        """Whether a class is one of this module or of the project."""
        return self.local_class(class_name) is not None or self._elsewhere.is_class(class_name) is True

    def bases(self, class_name: str) -> tuple[str, ...]:
        """The qualified names of the direct bases of a class of this module or of the project."""
        try:
            return self._bases[class_name]
        except KeyError:
            pass
        node = self.local_class(class_name)
        found: tuple[str, ...]
        if node is not None:
            named = (self._names.qualname(unsubscripted(base)) for base in node.bases)
            found = tuple(base for base in named if base is not None)
        elif class_name.startswith("builtins."):
            found = ()
        else:
            found = self._elsewhere.bases(class_name) or ()
        self._bases[class_name] = found
        return found

    def ancestry(self, class_name: str) -> tuple[str, ...]:
        """The class and all its known bases, nearest first, those that the knowledge lists included."""
        known_line = self._ancestries.get(class_name)
        if known_line is not None:
            return known_line
        line: list[str] = []
        pending = [class_name]
        while pending:
            current = pending.pop(0)
            for known in returns.ancestry(current):
                if known not in line:
                    line.append(known)
                    pending.extend(self.bases(known))
        found = self._ancestries[class_name] = tuple(line)
        return found

    # -- expressions -----------------------------------------------------------------------------------

    def instance_of(self, expression: ast.expr) -> str | None:
        """
        The qualified name of the class that the expression's value is an instance of.

        None where it is not known or not one class; that it may be None beside is not said.
        """
        return self._instance_of(expression, 0)

    def _instance_of(self, expression: ast.expr, hops: int) -> str | None:
        if hops > _MAXIMUM_HOPS:
            return None
        if expression in self._known:
            return self._known[expression]
        if expression in self._asking:
            return None
        self._asking.add(expression)
        try:
            found = self._find(expression, hops + 1)
        finally:
            self._asking.discard(expression)
        self._known[expression] = found
        return found

    def _find(self, expression: ast.expr, hops: int) -> str | None:
        if isinstance(expression, ast.Name):
            return self._of_name(expression, hops)
        if isinstance(expression, ast.Attribute):
            return self._of_attribute(expression, hops)
        if isinstance(expression, ast.Call):
            return self._of_call(expression, False, hops)
        if isinstance(expression, ast.Await):
            return self._of_awaited(expression.value, hops)
        if isinstance(expression, ast.NamedExpr):
            return self._instance_of(expression.value, hops)
        if isinstance(expression, ast.IfExp):
            return self._agreed([expression.body, expression.orelse], hops)
        if isinstance(expression, ast.BoolOp):
            return self._agreed(expression.values, hops)
        if isinstance(expression, ast.Constant):
            return None if expression.value is None else f"builtins.{type(expression.value).__name__}"
        return CLASS_OF_LITERAL.get(expression.__class__)

    def _agreed(self, expressions: list[ast.expr], hops: int) -> str | None:
        found: str | None = None
        for expression in expressions:
            if isinstance(expression, ast.Constant) and expression.value is None:
                continue
            one = self._instance_of(expression, hops)
            if one is None or (found is not None and one != found):
                return None
            found = one
        return found

    def _of_name(self, name: ast.Name, hops: int) -> str | None:
        owner = self._index.owner_of(name)
        if owner is None:
            return None
        found: str | None = None
        for site in owner.bindings[name.id]:
            if isinstance(site, ast.alias):
                one = self._of_imported(self._names.qualname(name))
            else:
                binding = self._names.binding(site)
                if _says_nothing(binding):
                    continue
                one = self._of_binding(binding, hops)
            if one is None or (found is not None and one != found):
                return None
            found = one
        return found

    def _of_imported(self, qualname: str | None) -> str | None:
        if qualname is None:
            return None
        if qualname == "loguru.logger":
            return "loguru.Logger"
        return self._elsewhere.variable_class(qualname)

    def _of_binding(self, binding: Binding, hops: int) -> str | None:
        if binding.kind is BindingKind.PARAMETER:
            return self._of_parameter(binding, hops)
        if binding.annotation is not None:
            annotated = self.annotated_class(binding.annotation)
            if annotated is not None:
                return annotated
        if binding.value is None:
            return None
        if binding.kind is BindingKind.ASSIGNMENT:
            return self._instance_of(binding.value, hops)
        if binding.kind is BindingKind.CONTEXT:
            return self._of_entered(binding.value, hops)
        if binding.kind is BindingKind.LOOP:
            return self._of_generator(binding.value, hops)
        return None

    def _of_parameter(self, binding: Binding, hops: int) -> str | None:
        assert isinstance(binding.site, ast.arg)
        arguments = self._index.parents[binding.site]
        function = self._index.parents[arguments]
        assert isinstance(arguments, ast.arguments)
        if binding.site in (arguments.vararg, arguments.kwarg):
            return None
        if isinstance(function, _FUNCTIONS) and self.receiver_name(function) == binding.site.arg:
            holder = self._index.parents.get(function)
            positional = [*arguments.posonlyargs, *arguments.args]
            if isinstance(holder, ast.ClassDef) and positional[0] is binding.site:
                return self._names.definition(holder)
        if binding.annotation is not None:
            return self.annotated_class(binding.annotation)
        if binding.value is not None and isinstance(binding.value, ast.Call):
            if self._names.qualname(binding.value.func) in ("fastapi.Depends", "fastapi.Security"):
                return self._provided(binding.value)
        return None

    def _provided(self, depends: ast.Call) -> str | None:
        """The class that `Depends(provider)` hands to the parameter."""
        if not depends.args:
            return None
        provider = self._names.qualname(depends.args[0])
        if provider is None:
            return None
        if self.local_class(provider) is not None or self._elsewhere.is_class(provider):
            return provider
        function = self.local_function(provider)
        if function is not None:
            return self._returned_by(function, awaited=True) or self._yielded_by(function)
        return self._elsewhere.returned_class(provider, True) or self._elsewhere.entered_class(provider)

    def _of_attribute(self, attribute: ast.Attribute, hops: int) -> str | None:
        qualified = self._names.qualname(attribute)
        if qualified is not None:
            variable = self._elsewhere.variable_class(qualified)
            if variable is not None:
                return variable
        receiver = self._instance_of(attribute.value, hops)
        if receiver is None:
            return None
        return self.attribute_class(receiver, attribute.attr, hops)

    def attribute_class(self, class_name: str, attribute: str, hops: int = 0) -> str | None:
        """The class of what `attribute` holds in instances of the class, its bases included."""
        key = (class_name, attribute)
        if key in self._asking or hops > _MAXIMUM_HOPS:
            return None
        self._asking.add(key)
        try:
            for ancestor in self.ancestry(class_name):
                node = self.local_class(ancestor)
                if node is None:
                    found = self._elsewhere.attribute_class(ancestor, attribute)
                    if found is not None:
                        return found
                    continue
                members = self.members(node)
                if attribute in members.methods:
                    method = members.methods[attribute]
                    return self._returned_by(method, awaited=False) if self._is_property(method) else None
                if attribute in members.attributes:
                    return self._of_member(members.attributes[attribute], hops + 1)
        finally:
            self._asking.discard(key)
        return None

    def _of_member(self, bindings: list[tuple[Binding, FunctionNode | None]], hops: int) -> str | None:
        for binding, _ in bindings:
            if binding.annotation is not None:
                annotated = self.annotated_class(binding.annotation)
                if annotated is not None:
                    return annotated
        found: str | None = None
        for binding, _ in bindings:
            if _says_nothing(binding):
                continue
            one = self._of_binding(binding, hops)
            if one is None or (found is not None and one != found):
                return None
            found = one
        return found

    def _is_property(self, method: FunctionNode) -> bool:
        for decorator in method.decorator_list:
            name = self._names.qualname(decorator) or ""
            if name in (
                "builtins.property",
                "functools.cached_property",
                "django.utils.functional.cached_property",
            ):
                return True
        return False

    def _of_call(self, call: ast.Call, awaited: bool, hops: int) -> str | None:
        callee = self.callee(call, hops)
        if callee is None:
            return self._of_factory_call(call, hops)
        if callee == "builtins.super":
            return self._of_super(call)
        if callee == "builtins.next" and call.args:
            return self._of_generator(call.args[0], hops)
        if callee in _BUILTIN_CLASSES:
            return callee
        table = returns.AWAITED if awaited else returns.RETURNED
        known = returns.method_result(table, callee)
        if known is not None:
            return known
        function = self.local_function(callee)
        if function is not None:
            return self._returned_by(function, awaited)
        if self.local_class(callee) is not None:
            return None if awaited else callee
        is_class = self._elsewhere.is_class(callee)
        if is_class is None:
            if not awaited and _reads_as_class(callee):
                return callee
            if callee in returns.FACTORIES:
                return callee
        elif is_class:
            return None if awaited else callee
        return self._elsewhere.returned_class(callee, awaited)

    def _of_factory_call(self, call: ast.Call, hops: int) -> str | None:
        """The class that `SessionLocal()` gives, where `SessionLocal = sessionmaker(...)`."""
        factory = self._instance_of(call.func, hops)
        made = returns.FACTORIES.get(factory or "")
        if made is None:
            return None
        maker = self._factory_call(call.func)
        if maker is not None:
            for keyword in maker.keywords:
                if keyword.arg == "class_":
                    return self._names.qualname(keyword.value)
        return made

    def _factory_call(self, expression: ast.expr) -> ast.Call | None:
        """The call that made the factory that a name of this module holds."""
        if not isinstance(expression, ast.Name):
            return None
        for site in self._index.sites_of(expression):
            value = self._names.binding(site).value
            if isinstance(value, ast.Call):
                return value
        return None

    def _of_super(self, call: ast.Call) -> str | None:
        current: ast.AST | None = call
        while current is not None and not isinstance(current, ast.ClassDef):
            current = self._index.parents.get(current)
        if current is None or len(current.bases) != 1:
            return None
        return self._names.qualname(unsubscripted(current.bases[0]))

    def _of_awaited(self, expression: ast.expr, hops: int) -> str | None:
        if isinstance(expression, ast.Call):
            callee = self.callee(expression, hops)
            if callee in ("asyncio.wait_for", "asyncio.shield") and expression.args:
                return self._of_awaited(expression.args[0], hops)
            return self._of_call(expression, True, hops)
        return None

    def _of_entered(self, expression: ast.expr, hops: int) -> str | None:
        """The class that `with expression as x` binds to x."""
        if isinstance(expression, ast.Call):
            callee = self.callee(expression, hops)
            if callee is not None:
                if callee in ("contextlib.closing", "contextlib.aclosing") and expression.args:
                    return self._instance_of(expression.args[0], hops)
                if callee in returns.ENTERED_LIKE_AWAITED:
                    return returns.method_result(returns.AWAITED, callee)
                function = self.local_function(callee)
                if function is not None and (
                    self._makes_context_manager(function) or self._gives_manager(function)
                ):
                    return self._yielded_by(function)
                entered = self._elsewhere.entered_class(callee)
                if entered is not None:
                    return entered
        elif isinstance(expression, ast.Await):
            return self._instance_of(expression, hops)
        made = self._instance_of(expression, hops)
        if made is None:
            return None
        return returns.ENTERED.get(made, made)

    def _makes_context_manager(self, function: FunctionNode) -> bool:
        return any(
            self._names.qualname(decorator) in returns.CONTEXT_FACTORIES for decorator in function.decorator_list
        )

    def _gives_manager(self, function: FunctionNode) -> bool:
        """Whether a plain function is annotated as giving a context manager of something."""
        given = function.returns
        if not isinstance(function, ast.FunctionDef) or not isinstance(given, ast.Subscript):
            return False
        return (self._names.qualname(given.value) or "") in _MANAGERS

    def _of_generator(self, expression: ast.expr, hops: int) -> str | None:
        """The class of what a call of a generator function yields."""
        callee = self.callee(expression, hops) if isinstance(expression, ast.Call) else None
        if callee is None:
            return None
        function = self.local_function(callee)
        if function is None:
            return self._elsewhere.entered_class(callee)
        return None if self._makes_context_manager(function) else self._yielded_by(function)

    def callee(self, call: ast.Call, hops: int = 0) -> str | None:
        """
        The qualified name of what a call calls.

        A function or class by its qualified name; a method of an instance as `package.Class.method`, by the
        class that defines it where that is known, else by the class of the receiver.
        """
        qualified = self._names.qualname(call.func)
        function = call.func
        if qualified is not None:
            held = self._held_elsewhere(function.value) if isinstance(function, ast.Attribute) else None
            return qualified if held is None else self.method(held, qualified.rpartition(".")[2])
        if isinstance(function, ast.Subscript):
            # `Queue[int]()` makes an instance of `Queue`.
            generic = self._names.qualname(function.value)
            return generic if generic is not None and _reads_as_class(generic) else None
        if not isinstance(function, ast.Attribute) or hops > _MAXIMUM_HOPS:
            return None
        receiver = self._instance_of(function.value, hops + 1)
        if receiver is None:
            return None
        return self.method(receiver, function.attr)

    def _held_elsewhere(self, receiver: ast.expr) -> str | None:
        """The class of what an imported variable, or an attribute of an imported module, holds."""
        qualified = self._names.qualname(receiver)
        if qualified is None:
            return None
        try:
            return self._held[qualified]
        except KeyError:
            pass
        last = qualified.rpartition(".")[2].lstrip("_")
        is_variable = (last[:1].islower() or last.isupper()) and self._is_imported(receiver)
        found = self._held[qualified] = self._of_imported(qualified) if is_variable else None
        return found

    def _is_imported(self, expression: ast.expr) -> bool:
        """Whether the first name of a dotted expression is bound by imports."""
        while isinstance(expression, ast.Attribute):
            expression = expression.value
        if not isinstance(expression, ast.Name):
            return False
        sites = self._index.sites_of(expression)
        return bool(sites) and any(isinstance(site, ast.alias) for site in sites)

    def method(self, class_name: str, method: str) -> str:
        """The qualified name of a method, by the first class of the ancestry that is known to define it."""
        found = self._methods.get((class_name, method))
        if found is None:
            found = self._methods[class_name, method] = self._find_method(class_name, method)
        return found

    def _find_method(self, class_name: str, method: str) -> str:
        ancestry = self.ancestry(class_name)
        for ancestor in ancestry:
            node = self.local_class(ancestor)
            if node is not None and method in self.members(node).methods:
                return f"{ancestor}.{method}"
        local = self.local_class(class_name) is not None
        if local and len(ancestry) > 1:
            for ancestor in ancestry:
                if self.local_class(ancestor) is None:
                    return f"{ancestor}.{method}"
        return f"{class_name}.{method}"

    # -- annotations -----------------------------------------------------------------------------------

    def annotated_class(self, annotation: ast.expr) -> str | None:
        """The class that an annotation names: through strings, `X | None`, `Optional`, `Annotated`."""
        return self._annotated(annotation, 0)

    def _annotated(self, annotation: ast.expr, hops: int) -> str | None:
        if hops > _MAXIMUM_HOPS:
            return None
        if isinstance(annotation, ast.Constant):
            if isinstance(annotation.value, str):
                return self._named_in_text(annotation)
            return None
        if isinstance(annotation, (ast.Name, ast.Attribute)):
            qualified = self._names.qualname(annotation)
            if qualified in _SELVES:
                return self._enclosing_class(annotation)
            if qualified is None and isinstance(annotation, ast.Name):
                return self._type_alias(annotation, hops)
            return self._meant(qualified)
        if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
            return self._one_of([annotation.left, annotation.right], hops)
        if isinstance(annotation, ast.Subscript):
            outer = self._names.qualname(annotation.value)
            inner = annotation.slice
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            if outer in _UNIONS:
                return self._one_of(list(parts), hops)
            if outer in _WRAPPERS:
                return self._annotated(parts[0], hops + 1)
            return outer
        return None

    def _meant(self, qualname: str | None) -> str | None:
        """The class behind the name of another module's alias for it; the name itself where it is none."""
        if qualname is None:
            return None
        found = self._aliases.get(qualname)
        if found is None:
            found = self._aliases[qualname] = self._elsewhere.meant_class(qualname) or qualname
        return found

    def _type_alias(self, name: ast.Name, hops: int) -> str | None:
        """The class behind `DatabaseSession = Annotated[Session, Depends(get_session)]`, or a NewType of one."""
        sites = self._index.sites_of(name)
        if len(sites) == 1:
            value = self._names.binding(sites[0]).value
            if isinstance(value, (ast.Subscript, ast.BinOp)):
                return self._annotated(value, hops + 1)
            if isinstance(value, ast.Call) and len(value.args) == 2:
                if self._names.qualname(value.func) in _NEW_TYPES:
                    return self._annotated(value.args[1], hops + 1)
        return None

    def _one_of(self, parts: list[ast.expr], hops: int) -> str | None:
        found: str | None = None
        for part in parts:
            if isinstance(part, ast.Constant) and part.value is None:
                continue
            one = self._annotated(part, hops + 1)
            if one is None or (found is not None and one != found):
                return None
            found = one
        return found

    def _named_in_text(self, annotation: ast.Constant) -> str | None:
        """The class that a string annotation names, resolved where the string stands."""
        try:
            parsed = ast.parse(str(annotation.value).strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        if isinstance(parsed, ast.BinOp) and isinstance(parsed.op, ast.BitOr):
            sides = [side for side in (parsed.left, parsed.right) if not isinstance(side, ast.Constant)]
            if len(sides) != 1:
                return None
            parsed = sides[0]
        if isinstance(parsed, ast.Subscript):
            outer = self._named(parsed.value, annotation)
            if outer in _WRAPPERS:
                parsed = parsed.slice.elts[0] if isinstance(parsed.slice, ast.Tuple) else parsed.slice
            else:
                return outer
        return self._meant(self._named(parsed, annotation))

    def _named(self, expression: ast.expr, place: ast.AST) -> str | None:
        """The qualified name of a dotted name that is not in the tree, as if it stood at `place`."""
        tail: list[str] = []
        while isinstance(expression, ast.Attribute):
            tail.append(expression.attr)
            expression = expression.value
        if not isinstance(expression, ast.Name):
            return None
        scope = self._index.scope_of(place)
        sites = scope.lookup(expression.id)
        if not sites:
            return None
        found: str | None = None
        for site in sites:
            if isinstance(site, ast.alias):
                found = self._names.imported(site)
            elif isinstance(site, ast.ClassDef):
                found = self._names.definition(site)
            else:
                return None
        return canonical(".".join([found or "", *reversed(tail)]))

    def _enclosing_class(self, node: ast.AST) -> str | None:
        current: ast.AST | None = node
        while current is not None:
            if isinstance(current, ast.ClassDef):
                return self._names.definition(current)
            current = self._index.parents.get(current)
        return None

    # -- functions of this module ----------------------------------------------------------------------

    def _returned_by(self, function: FunctionNode, awaited: bool) -> str | None:
        """The class that a call of the function gives, by its annotation or by all its `return`s."""
        is_coroutine = isinstance(function, ast.AsyncFunctionDef)
        if is_coroutine != awaited and not (awaited and not is_coroutine and function.returns is None):
            if awaited and function.returns is not None and isinstance(function.returns, ast.Subscript):
                if self._names.qualname(function.returns.value) in _AWAITABLES:
                    inner = function.returns.slice
                    return self.annotated_class(inner.elts[-1] if isinstance(inner, ast.Tuple) else inner)
            if not awaited:
                return None
        if function.returns is not None:
            return self.annotated_class(function.returns)
        if function in self._asking:
            return None
        self._asking.add(function)
        try:
            values = [
                node.value
                for node in _own_nodes(function)
                if isinstance(node, ast.Return) and node.value is not None
            ]
            if any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in _own_nodes(function)):
                return None
            return self._agreed(values, 1) if values else None
        finally:
            self._asking.discard(function)

    def _yielded_by(self, function: FunctionNode) -> str | None:
        """The class that a generator function yields, by its annotation or by all its `yield`s."""
        annotation = function.returns
        if annotation is not None:
            if isinstance(annotation, ast.Subscript) and self._names.qualname(annotation.value) in _ITERATORS:
                inner = annotation.slice
                return self.annotated_class(inner.elts[0] if isinstance(inner, ast.Tuple) else inner)
            return None
        if function in self._asking:
            return None
        self._asking.add(function)
        try:
            values = [
                node.value
                for node in _own_nodes(function)
                if isinstance(node, ast.Yield) and node.value is not None
            ]
            return self._agreed(values, 1) if values else None
        finally:
            self._asking.discard(function)


def _says_nothing(binding: Binding) -> bool:
    """Whether a binding leaves the class open: `x = None`, `del x`, a bare annotation."""
    if binding.kind is BindingKind.DELETION:
        return True
    return (
        binding.kind is BindingKind.ASSIGNMENT
        and binding.annotation is None
        and isinstance(binding.value, ast.Constant)
        and binding.value.value is None
    )


def _reads_as_class(qualname: str) -> bool:
    """Whether a foreign name that is called is written like a class (`Spotify`, `SMTP`, `_Client`), by PEP 8."""
    if qualname in _DESCRIBING:
        return False
    return qualname.rpartition(".")[2].lstrip("_")[:1].isupper()


def _own_nodes(function: FunctionNode) -> list[ast.AST]:
    """The nodes of a function's body that are not in a nested function, lambda or class."""
    found: list[ast.AST] = []
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            continue
        found.append(node)
        pending.extend(ast.iter_child_nodes(node))
    return found
