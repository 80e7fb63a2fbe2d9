"""
The walk: the one pass over a module's tree.

It leaves an index: nodes by type, the parent of each node, scopes and what is bound in them. Nothing else
in the package walks a whole tree; whoever wants nodes asks the index for them.

The walk costs about half of what `ast.parse` costs, so its loop is written for speed: names and constants
never get onto the stack, and a `Scope` on the stack means "from here on this is the scope".
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Sequence

from flake8_auditrules.semantics.scopes import Scope, ScopeKind, settle_nonlocals

_NOT_CHILDREN = frozenset(
    {
        "ctx",
        "op",
        "ops",
        "kind",
        "type_comment",
        "type_ignores",
        "simple",
        "level",
        "conversion",
        "is_async",
        "str",
    }
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _child_fields() -> dict[type[ast.AST], tuple[str, ...]]:
    """For each node class, the fields that may hold nodes worth indexing, in source order."""
    strings = {
        ast.FunctionDef: {"name"},
        ast.AsyncFunctionDef: {"name"},
        ast.ClassDef: {"name"},
        ast.arg: {"arg"},
        ast.Name: {"id"},
        ast.Attribute: {"attr"},
        ast.Constant: {"value"},
        ast.alias: {"name", "asname"},
        ast.keyword: {"arg"},
        ast.Global: {"names"},
        ast.Nonlocal: {"names"},
        ast.ImportFrom: {"module"},
        ast.ExceptHandler: {"name"},
        ast.MatchAs: {"name"},
        ast.MatchStar: {"name"},
        ast.MatchMapping: {"rest"},
        ast.MatchClass: {"kwd_attrs"},
        ast.MatchSingleton: {"value"},
    }
    for name in ("TypeVar", "ParamSpec", "TypeVarTuple"):  # Python 3.12
        if hasattr(ast, name):
            strings[getattr(ast, name)] = {"name"}
    fields: dict[type[ast.AST], tuple[str, ...]] = {}
    for name in dir(ast):
        kind = getattr(ast, name)
        if isinstance(kind, type) and issubclass(kind, ast.AST) and "_fields" in kind.__dict__:
            left_out = _NOT_CHILDREN | strings.get(kind, set())
            fields[kind] = tuple(field for field in kind._fields if field not in left_out)
    return fields


_FIELDS = _child_fields()


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly below a node, in source order; operators and contexts are left out."""
    found: list[ast.AST] = []
    for field in _FIELDS[node.__class__]:
        value = getattr(node, field, None)
        if value.__class__ is list:
            found.extend(part for part in value if part is not None)
        elif value is not None:
            found.append(value)
    return found


class Index:
    """
    What the walk leaves of one module.

    `nodes[kind]` are the nodes of exactly that class, in source order (names: nearly so); `attributes[name]` the
    attributes of that name, `calls[name]` the calls whose function is written with that last name, `get` of
    `a.b.get()`; `parents[node]` is the node's parent; `scopes[node]` the scope that a module, class, function,
    lambda or comprehension opens. Operators, contexts and `ast.arguments` of nobody are not indexed.
    """

    __slots__ = ("_bound_inside", "attributes", "calls", "nodes", "parents", "root", "scopes")

    def __init__(self, root: Scope) -> None:
        self.root = root
        self._bound_inside: set[str] | None = None
        self.nodes: defaultdict[type[ast.AST], list[ast.AST]] = defaultdict(list)
        self.attributes: defaultdict[str, list[ast.Attribute]] = defaultdict(list)
        self.calls: defaultdict[str, list[ast.Call]] = defaultdict(list)
        self.parents: dict[ast.AST, ast.AST] = {}
        self.scopes: dict[ast.AST, Scope] = {root.node: root}

    def scope_of(self, node: ast.AST) -> Scope:
        """
        The scope in which `node` is evaluated.

        Decorators, defaults and annotations belong to the scope around the function; the first iterable of
        a comprehension to the scope around the comprehension.
        """
        parents, scopes = self.parents, self.scopes
        child = node
        parent = parents.get(node)
        while parent is not None:
            scope = scopes.get(parent)
            if scope is not None and self._is_inside(child, parent):
                return scope
            if parent.__class__ is ast.comprehension and child is parent.iter:
                opener = parents[parent]
                if opener.generators[0] is parent:  # type: ignore[attr-defined]
                    parent = opener
            child, parent = parent, parents.get(parent)
        return self.root

    def owner_of(self, name: ast.Name) -> Scope | None:
        """The scope that binds what a name refers to; None for a builtin or an unknown name."""
        if self._bound_inside is None:
            self._bound_inside = self._names_bound_inside()
        if name.id in self._bound_inside:
            return self.scope_of(name).owner(name.id)
        # Nearly all names are the module's own or builtins, and then it does not matter where they stand.
        return self.root if name.id in self.root.bindings else None

    def sites_of(self, name: ast.Name) -> Sequence[ast.AST]:
        """The nodes that bind what a name refers to, in source order; empty for builtins and unknown names."""
        owner = self.owner_of(name)
        return owner.bindings[name.id] if owner is not None else ()

    def _names_bound_inside(self) -> set[str]:
        """The names that some scope below the module's binds."""
        found: set[str] = set()
        for scope in self.scopes.values():
            if scope is not self.root:
                found.update(scope.bindings)
                around = scope.parent
                if around is not None and around.kind is ScopeKind.TYPE_PARAMETERS:
                    found.update(around.bindings)
        return found

    def _is_inside(self, child: ast.AST, opener: ast.AST) -> bool:
        """Whether `child`, a child of the scope-opening node `opener`, is evaluated in the opened scope."""
        if isinstance(opener, _FUNCTIONS):
            return isinstance(child, ast.stmt)
        if isinstance(opener, ast.Lambda):
            return child is opener.body
        if isinstance(opener, ast.ClassDef):
            return isinstance(child, ast.stmt)
        return True


def walk(tree: ast.Module) -> Index:
    """Walk `tree` once and return its index. The tree is only read."""
    root = Scope(ScopeKind.MODULE, tree, None)
    index = Index(root)
    nodes, parents = index.nodes, index.parents
    nodes[ast.Module].append(tree)
    names = nodes[ast.Name]
    constants = nodes[ast.Constant]
    nonlocal_scopes: list[Scope] = []
    scope = root
    name_class, constant_class, load_class, list_class = ast.Name, ast.Constant, ast.Load, list
    attribute_class = ast.Attribute
    attributes, attributes_of = nodes[attribute_class], index.attributes
    call_class, calls, calls_of = ast.Call, nodes[ast.Call], index.calls
    stack: list[ast.AST | Scope] = list(reversed(tree.body))
    pop, push, extend = stack.pop, stack.append, stack.extend
    for statement in tree.body:
        parents[statement] = tree

    while stack:
        node = pop()
        kind = node.__class__
        if kind is attribute_class:
            # The most frequent class on the stack, and it has one child: worth a way of its own.
            attributes.append(node)  # type: ignore[arg-type]
            attributes_of[node.attr].append(node)  # type: ignore[union-attr, arg-type]
            value = node.value  # type: ignore[union-attr]
            parents[value] = node  # type: ignore[assignment]
            child_class = value.__class__
            if child_class is name_class:
                names.append(value)
            elif child_class is constant_class:
                constants.append(value)
            else:
                push(value)
            continue
        if kind is call_class:
            calls.append(node)  # type: ignore[arg-type]
            function = node.func  # type: ignore[union-attr]
            parents[function] = node  # type: ignore[assignment]
            function_class = function.__class__
            if function_class is name_class:
                names.append(function)
                calls_of[function.id].append(node)  # type: ignore[arg-type]
            elif function_class is attribute_class:
                calls_of[function.attr].append(node)  # type: ignore[arg-type]
            arguments = node.args  # type: ignore[union-attr]
            if node.keywords:  # type: ignore[union-attr]
                arguments = arguments + node.keywords  # type: ignore[union-attr]
            if arguments:
                below = []
                for child in arguments:
                    parents[child] = node  # type: ignore[assignment]
                    child_class = child.__class__
                    if child_class is name_class:
                        names.append(child)
                    elif child_class is constant_class:
                        constants.append(child)
                    else:
                        below.append(child)
                if below:
                    below.reverse()
                    extend(below)
            if function_class is not name_class:
                push(function)
            continue
        special = _SPECIAL.get(kind)
        if special is not None:
            if kind is Scope:
                scope = node  # type: ignore[assignment]
                continue
            nodes[kind].append(node)  # type: ignore[index, arg-type]
            if special == _OPENS:
                _open_scope(node, scope, index, stack)  # type: ignore[arg-type]
                continue
            _bind_special(node, scope, nonlocal_scopes)  # type: ignore[arg-type]
        else:
            nodes[kind].append(node)  # type: ignore[index, arg-type]
        children: list[ast.AST] = []
        for field in _FIELDS[kind]:  # type: ignore[index]
            value = getattr(node, field)
            if value.__class__ is list_class:
                for child in value:
                    if child is None:
                        continue
                    parents[child] = node  # type: ignore[assignment]
                    child_class = child.__class__
                    if child_class is name_class:
                        names.append(child)
                        if child.ctx.__class__ is not load_class:
                            scope.bind(child.id, child)
                    elif child_class is constant_class:
                        constants.append(child)
                    else:
                        children.append(child)
            elif value is not None:
                parents[value] = node  # type: ignore[assignment]
                child_class = value.__class__
                if child_class is name_class:
                    names.append(value)
                    if value.ctx.__class__ is not load_class:
                        if kind is ast.NamedExpr:
                            _named_expression_scope(scope).bind(value.id, value)
                        elif kind is not ast.AnnAssign or node.simple or node.value is not None:  # type: ignore[union-attr]
                            scope.bind(value.id, value)
                elif child_class is constant_class:
                    constants.append(value)
                else:
                    children.append(value)
        if children:
            children.reverse()
            extend(children)

    settle_nonlocals(nonlocal_scopes)
    return index


def _named_expression_scope(scope: Scope) -> Scope:
    """The scope that `:=` binds in: the nearest that is not a comprehension's."""
    while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    return scope


def _bind_special(node: ast.AST, scope: Scope, nonlocal_scopes: list[Scope]) -> None:
    """Bind what a node binds by a plain string instead of an `ast.Name`."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            scope.bind(alias.asname or alias.name.partition(".")[0], alias)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            if alias.name == "*":
                scope.stars.append("." * node.level + (node.module or ""))
            else:
                scope.bind(alias.asname or alias.name, alias)
    elif isinstance(node, ast.Global):
        scope.global_names = scope.global_names.union(node.names)
    elif isinstance(node, ast.Nonlocal):
        scope.nonlocal_names = scope.nonlocal_names.union(node.names)
        nonlocal_scopes.append(scope)
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
        if node.name is not None:
            scope.bind(node.name, node)
    elif isinstance(node, ast.MatchMapping):
        if node.rest is not None:
            scope.bind(node.rest, node)
    else:  # TypeVar, ParamSpec, TypeVarTuple: Python 3.12
        scope.bind(node.name, node)  # type: ignore[attr-defined]


def _open_scope(node: ast.AST, scope: Scope, index: Index, stack: list[ast.AST | Scope]) -> None:
    """Open the scope of `node`, bind its parameters, and put what belongs inside and outside on the stack."""
    parents = index.parents
    inner_parent = scope
    type_parameters: list[ast.AST] = getattr(node, "type_params", [])
    if type_parameters:
        inner_parent = Scope(ScopeKind.TYPE_PARAMETERS, node, scope)
    inside: list[ast.AST]
    outside: list[ast.AST]
    if isinstance(node, _FUNCTIONS):
        scope.bind(node.name, node)
        inner = Scope(ScopeKind.FUNCTION, node, inner_parent)
        inside = node.body  # type: ignore[assignment]
        outside = list(node.decorator_list)
        if node.returns is not None:
            outside.append(node.returns)
        for child in outside:
            parents[child] = node
        _open_arguments(node.args, node, inner, index, outside)
    elif isinstance(node, ast.Lambda):
        inner = Scope(ScopeKind.LAMBDA, node, inner_parent)
        inside, outside = [node.body], []
        _open_arguments(node.args, node, inner, index, outside)
    elif isinstance(node, ast.ClassDef):
        scope.bind(node.name, node)
        inner = Scope(ScopeKind.CLASS, node, inner_parent)
        inside = node.body  # type: ignore[assignment]
        outside = [*node.decorator_list, *node.bases, *node.keywords]
        for child in outside:
            parents[child] = node
    elif hasattr(ast, "TypeAlias") and isinstance(node, ast.TypeAlias):
        inner = inner_parent
        inside, outside = [node.value], []
        scope.bind(node.name.id, node.name)
        parents[node.name] = node
        index.nodes[ast.Name].append(node.name)
    else:
        index.scopes[node] = _open_comprehension(node, scope, index, stack)
        return
    index.scopes[node] = inner
    for child in inside:
        parents[child] = node
    for child in type_parameters:
        parents[child] = node

    stack.append(scope)
    _push(inside, inner, index, stack)
    stack.append(inner)
    if type_parameters:
        _push(outside, inner_parent, index, stack)
        _push(type_parameters, inner_parent, index, stack)
        stack.append(inner_parent)
    elif outside:
        _push(outside, scope, index, stack)


def _open_arguments(
    arguments: ast.arguments, node: ast.AST, inner: Scope, index: Index, outside: list[ast.AST]
) -> None:
    """Bind the parameters of a function or lambda; their annotations and defaults are added to `outside`."""
    parents = index.parents
    parents[arguments] = node
    index.nodes[ast.arguments].append(arguments)
    declared = arguments.args
    if arguments.posonlyargs or arguments.kwonlyargs or arguments.vararg or arguments.kwarg:
        variadic = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
        declared = [*arguments.posonlyargs, *declared, *arguments.kwonlyargs, *variadic]
    if declared:
        index.nodes[ast.arg].extend(declared)
        bindings = inner.bindings
        for argument in declared:
            parents[argument] = arguments
            bindings[argument.arg] = [argument]
            if argument.annotation is not None:
                parents[argument.annotation] = argument
                outside.append(argument.annotation)
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                parents[default] = arguments
                outside.append(default)


def _open_comprehension(node: ast.AST, scope: Scope, index: Index, stack: list[ast.AST | Scope]) -> Scope:
    """Open a comprehension's scope; only the first iterable is evaluated outside of it."""
    inner = Scope(ScopeKind.COMPREHENSION, node, scope)
    results: list[ast.AST]
    if isinstance(node, ast.DictComp):
        results = [part for part in (node.key, node.value) if part is not None]
        generators = node.generators
    else:
        assert isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp))
        results, generators = [node.elt], node.generators
    inside: list[ast.AST] = []
    for generator in generators:
        index.nodes[ast.comprehension].append(generator)
        index.parents[generator] = node
        for child in (generator.target, generator.iter, *generator.ifs):
            index.parents[child] = generator
        inside.append(generator.target)
        if generator is not generators[0]:
            inside.append(generator.iter)
        inside.extend(generator.ifs)
    for result in results:
        index.parents[result] = node
    stack.append(scope)
    _push([*inside, *results], inner, index, stack)
    stack.append(inner)
    _push([generators[0].iter], scope, index, stack)
    return inner


def _push(children: Sequence[ast.AST], scope: Scope, index: Index, stack: list[ast.AST | Scope]) -> None:
    """Index the names and constants among `children` at once and put the others on the stack."""
    rest: list[ast.AST] = []
    for child in children:
        kind = child.__class__
        if kind is ast.Name:
            index.nodes[kind].append(child)
            if child.ctx.__class__ is not ast.Load:  # type: ignore[attr-defined]
                scope.bind(child.id, child)  # type: ignore[attr-defined]
        elif kind is ast.Constant:
            index.nodes[kind].append(child)
        else:
            rest.append(child)
    rest.reverse()
    stack.extend(rest)


_OPENS = 1
_BINDS = 2
_SPECIAL: dict[type, int] = {Scope: _OPENS}
_SPECIAL.update(dict.fromkeys((*_FUNCTIONS, ast.Lambda, ast.ClassDef, *_COMPREHENSIONS), _OPENS))
_SPECIAL.update(
    dict.fromkeys(
        (
            ast.Import,
            ast.ImportFrom,
            ast.Global,
            ast.Nonlocal,
            ast.ExceptHandler,
            ast.MatchAs,
            ast.MatchStar,
            ast.MatchMapping,
        ),
        _BINDS,
    )
)
for _name, _role in (("TypeAlias", _OPENS), ("TypeVar", _BINDS), ("ParamSpec", _BINDS), ("TypeVarTuple", _BINDS)):
    if hasattr(ast, _name):
        _SPECIAL[getattr(ast, _name)] = _role
