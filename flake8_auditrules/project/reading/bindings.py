"""What a name stands for, as a term of the module: by what binds it there where it is read."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from flake8_auditrules.project.facts import NONE, UNKNOWN, tells_nothing
from flake8_auditrules.project.reading.expressions import PROVIDERS, ExpressionTerms
from flake8_auditrules.project.reading.places import DEFINITIONS, FUNCTIONS
from flake8_auditrules.semantics.contents import (
    is_empty,
    says_nothing_of_contents,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.scopes import Binding, BindingKind, Scope

_MAXIMUM_BINDINGS = 40
_SENDING = ("execute", "scalar", "scalars")
_STATEMENTS = frozenset({"delete", "insert", "select", "text", "update"})


class BindingTerms(ExpressionTerms):
    """Finds the terms of one module's names."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self.known_names: dict[tuple[Scope, str], int] = {}
        self.settled_names: dict[tuple[Scope, str], int] = {}
        self.known_sites: dict[ast.AST, int] = {}
        self.reading: set[ast.AST] = set()
        self.sessions: set[ast.arg] | None = None

    def term_of_name(self, name: ast.Name, scope: Scope) -> int:
        """The term of a name, by what binds it there; number 0 where that is not known."""
        identifier = name.id
        seen = (scope, identifier)
        found = self.settled_names.get(seen)
        if found is not None:
            return found
        owner = scope.owner(identifier)
        if owner is None:
            if scope.is_builtin(identifier):
                found = self.number("N", f"builtins.{identifier}")
            else:
                root = self.module.index.root
                found = self.number("N", self.qualified(identifier)) if root.stars else UNKNOWN
            self.settled_names[seen] = found
            return found
        sites = owner.bindings[identifier]
        if len(sites) > _MAXIMUM_BINDINGS:
            return UNKNOWN
        if len(sites) > 1 and name in self.parents and self.place(name)[1] is owner:
            reaching = self.reaching(name, sites)
            if reaching is not None:
                return self.term_of_site(reaching)
            before = self.before(name, sites)
            if len(before) < len(sites):
                return self.term_of_sites(before)
        key = (owner, identifier)
        found = self.known_names.get(key)
        if found is None:
            if len(sites) == 1:
                found = self.term_of_site(sites[0])
            else:
                found = self.term_of_sites(sites)
            self.known_names[key] = found
        if len(sites) == 1:
            self.settled_names[seen] = found
        return found

    def term_of_sites(self, sites: Iterable[ast.AST]) -> int:
        """The term of a name that several statements may bind."""
        sites = list(sites)
        definitions = [site for site in sites if isinstance(site, DEFINITIONS)]
        if len(definitions) == len(sites):
            return self.term_of_site(sites[-1])
        imported = self.imported_if_there(sites)
        if imported is not None:
            return self.term_of_site(imported)
        numbers = []
        for site in sites:
            if isinstance(site, ast.Name) and isinstance(site.ctx, ast.Del):
                continue
            if isinstance(site, ast.Name) and isinstance(self.parents.get(site), ast.AugAssign):
                continue
            numbers.append(self.term_of_site(site))
        is_lenient = any(map(self.may_be_left_out, sites)) and self.may_be_handed_in(numbers)
        return self.one_of("V" if is_lenient else "U", numbers)

    def imported_if_there(self, sites: Sequence[ast.AST]) -> ast.AST | None:
        """
        The import that the other bindings of a name stand in for where it fails; None for other bindings.

        They stand in a handler of the `try`, or in the `else` of the `if`, in whose body the import stands.
        """
        imports = [site for site in sites if isinstance(site, ast.alias)]
        for site in imports:
            statement = self.parents[site]
            around = self.parents.get(statement)
            if isinstance(around, (ast.If, ast.Try)) and statement in around.body:
                rest: set[ast.AST] = {*around.orelse}
                if isinstance(around, ast.Try):
                    rest.update(around.handlers)
                elif len(imports) > 1:
                    return None
                if all(one is site or not rest.isdisjoint([one, *self.module.ancestors(one)]) for one in sites):
                    return site
        return None

    def may_be_left_out(self, site: ast.AST) -> bool:
        """Whether a site is a parameter that is None by default: what is made instead counts."""
        default = self.names.binding(site).value if isinstance(site, ast.arg) else None
        return isinstance(default, ast.Constant) and default.value is None

    def term_of_site(self, site: ast.AST) -> int:
        """The term of what a binding site binds."""
        found = self.known_sites.get(site)
        if found is not None:
            return found
        if site in self.reading:
            return UNKNOWN
        self.reading.add(site)
        try:
            found = self.read_site(site)
        finally:
            self.reading.discard(site)
        self.known_sites[site] = found
        return found

    def read_site(self, site: ast.AST) -> int:
        """The term of what a statement, parameter or import binds its name to."""
        if isinstance(site, ast.alias):
            return self.number("N", self.names.imported(site))
        if isinstance(site, DEFINITIONS):
            return self.number("N", self.qualified(self.local_name(site)))
        if isinstance(site, ast.arg):
            return self.read_parameter(site)
        binding = self.names.binding(site)
        kind = binding.kind
        if kind in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION) and isinstance(site, ast.Name):
            if binding.annotation is None or says_nothing_of_contents(binding.annotation):
                owner = self.module.owner_of(site) if is_empty(binding.value) else None
                filled = self.filled(binding.value, (owner, site.id)) if owner is not None else UNKNOWN
                if filled:
                    return filled
        if binding.annotation is not None:
            said = self.number("T", self.annotation(binding.annotation, self.place(binding.annotation)[1]))
            if not tells_nothing(self.terms, said):
                return said
            if binding.value is None:
                return NONE
        value = binding.value
        if value is None:
            return self.element(site) if kind is BindingKind.UNPACKED else UNKNOWN
        if kind is BindingKind.ASSIGNMENT:
            return self.term(value, self.place(value)[1])
        if kind is BindingKind.CONTEXT:
            inner = self.term(value, self.place(value)[1])
            statement = self.parents.get(self.parents.get(value, value))
            if not inner:
                return UNKNOWN
            return self.number("F" if isinstance(statement, ast.AsyncWith) else "E", inner)
        if kind is BindingKind.LOOP:
            inner = self.term(value, self.place(value)[1])
            return self.number("I", inner) if inner else UNKNOWN
        return UNKNOWN

    def element(self, site: ast.AST) -> int:
        """The term of what a name gets in `name, other = call()` and `for name, other in pairs`."""
        target = self.parents.get(site)
        if not isinstance(target, (ast.Tuple, ast.List)):
            return UNKNOWN
        statement = self.parents.get(target)
        if any(isinstance(one, ast.Starred) for one in target.elts):
            return UNKNOWN
        position = [one is site for one in target.elts].index(True)
        if isinstance(statement, (ast.For, ast.comprehension)) and target is statement.target:
            inner = self.term(statement.iter, self.place(statement.iter)[1])
            return self.number("Z", self.number("I", inner), position) if inner else UNKNOWN
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, (ast.Await, ast.Call)):
            return UNKNOWN
        inner = self.term(statement.value, self.place(statement.value)[1])
        return self.number("Z", inner, position) if inner else UNKNOWN

    def read_parameter(self, site: ast.arg) -> int:
        """The term of a parameter: by its annotation, its default, what callers give, or how it is used."""
        arguments = self.parents[site]
        assert isinstance(arguments, ast.arguments)
        function = self.parents[arguments]
        if site is arguments.vararg:
            return self.instance("builtins.tuple")
        if site is arguments.kwarg:
            return self.instance("builtins.dict")
        if isinstance(function, FUNCTIONS):
            holder = self.parents.get(function)
            positional = [*arguments.posonlyargs, *arguments.args]
            if isinstance(holder, ast.ClassDef) and positional and positional[0] is site:
                role = self.role(function)
                if role != "static":
                    as_class = role == "class" or function.name in ("__new__", "__init_subclass__")
                    return self.number("K" if as_class else "S", self.local_name(holder))
        default = self.names.binding(site).value
        if site.annotation is None or is_of_callable(site.annotation):
            named = self.default_callable(default, function)
            if named:
                return named
        if site.annotation is not None:
            annotation = self.annotation(site.annotation, self.place(function)[1])
            if annotation:
                said = self.number("T", annotation)
                if self.is_of_anything(annotation):
                    return self.number("P", self.local_name(function), site.arg)
                if getattr(function, "name", "") == "__init__" and is_of_callable(site.annotation):
                    return self.number("Y", said, self.number("P", self.local_name(function), site.arg))
                return said
        if isinstance(default, ast.Call):
            scope = self.place(function)[1]
            if self.qualname(self.term(default.func, scope)) in PROVIDERS:
                return self.term(default, scope)
        if site in self.session_parameters():
            return self.instance("sqlalchemy.orm.Session")
        given = self.given_by_callers(function, site)
        return given if given else self.number("P", self.local_name(function), site.arg)

    def default_callable(self, default: ast.expr | None, function: ast.AST) -> int:
        """The term of a class or function that a parameter is by default, mostly for tests to hand in another."""
        if not isinstance(default, (ast.Name, ast.Attribute)) or last_name(default).strip("_").isupper():
            return UNKNOWN
        number = self.term(default, self.place(function)[1])
        return number if self.terms[number][0] == "N" else UNKNOWN

    def given_by_callers(self, function: ast.AST, site: ast.arg) -> int:
        """What the calls of a function in its own module give for a parameter, where they say one thing of it."""
        if not isinstance(function, FUNCTIONS) or isinstance(self.parents.get(function), ast.ClassDef):
            return UNKNOWN
        positional = [*function.args.posonlyargs, *function.args.args]
        position = positional.index(site) if site in positional else None
        found = UNKNOWN
        for call in self.module.calls_named(function.name):
            scope = self.place(call)[1]
            if not isinstance(call.func, ast.Name) or list(scope.lookup(call.func.id)) != [function]:
                continue
            argument = self.module.argument(call, site.arg, position)
            number = self.term(argument, scope) if argument is not None else UNKNOWN
            if self.terms[number][0] != "T" or self.is_literal(number):
                continue
            if found not in (UNKNOWN, number):
                return UNKNOWN
            found = number
        return found

    def session_parameters(self) -> set[ast.arg]:
        """
        The parameters without an annotation that are synchronous SQLAlchemy sessions, by what is called on them.

        Only those have `query`, to which a class or a column is given; an `AsyncSession` has none, and what it is
        told to execute is awaited.
        """
        if self.sessions is None:
            found: set[ast.arg] = set()
            if self.module.imports("sqlalchemy", "sqlmodel"):
                for call in self.module.calls_named("query"):
                    is_method = isinstance(call.func, ast.Attribute) and not self.module.awaited(call)
                    if is_method and _names_a_class(call):
                        found.update(self.parameters_behind(call.func.value))  # type: ignore[attr-defined]
                for call in self.module.calls_named(*_SENDING):
                    if isinstance(call.func, ast.Attribute) and self.sends_a_statement(call):
                        found.update(self.parameters_behind(call.func.value))
            self.sessions = found
        return self.sessions

    def parameters_behind(self, expression: ast.expr) -> list[ast.arg]:
        """The parameter that a name, or an attribute of `self` that `__init__` fills, stands for."""
        if isinstance(expression, ast.Name):
            sites = self.place(expression)[1].lookup(expression.id)
            return [site for site in sites if isinstance(site, ast.arg)] if len(sites) == 1 else []
        if isinstance(expression, ast.Attribute) and isinstance(expression.value, ast.Name):
            owner = self.enclosing_class(expression) if expression.value.id == "self" else None
            bindings = self.module.members(owner).attributes.get(expression.attr, ()) if owner is not None else ()
            values = [binding.value for binding, method in bindings if method is not None]
            if len(values) == 1 and isinstance(values[0], ast.Name):
                return self.parameters_behind(values[0])
        return []

    def role(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        """How a method is bound: "", "static", "class" or "property"."""
        for decorator in function.decorator_list:
            name = decorator.id if isinstance(decorator, ast.Name) else getattr(decorator, "attr", "")
            if name == "staticmethod":
                return "static"
            if name in ("classmethod", "validator", "field_validator", "root_validator"):
                return "class"
            if name in ("property", "cached_property", "hybrid_property", "computed_field"):
                return "property"
        return ""

    def filled_member(self, owner: ast.ClassDef, name: str, bindings: Sequence[Binding]) -> int:
        """The term of an attribute that is made empty, and filled by methods; UNKNOWN for others."""
        if not any(is_empty(binding.value) for binding in bindings) or not all(
            (binding.value is None or is_empty(binding.value))
            and (binding.annotation is None or says_nothing_of_contents(binding.annotation))
            for binding in bindings
        ):
            return UNKNOWN
        made = next(binding.value for binding in bindings if binding.value is not None)
        return self.filled(made, (owner, name))

    def term_of_member(self, bindings: Sequence[object]) -> int:
        """The term of a member of a class, by all that binds it."""
        numbers: list[int] = []
        for binding in bindings:
            annotation: ast.expr | None = binding.annotation  # type: ignore[attr-defined]
            if annotation is not None:
                found = self.annotation(annotation, self.place(annotation)[1])
                said = self.number("T", found) if found else UNKNOWN
                if said and not tells_nothing(self.terms, said):
                    return said
        for binding in bindings:
            kind: BindingKind = binding.kind  # type: ignore[attr-defined]
            value: ast.expr | None = binding.value  # type: ignore[attr-defined]
            if kind in (BindingKind.DELETION, BindingKind.AUGMENTED, BindingKind.ANNOTATION):
                continue
            if value is None:
                numbers.append(UNKNOWN)
                continue
            inner = self.term(value, self.place(value)[1])
            if kind is BindingKind.CONTEXT:
                inner = self.number("E", inner) if inner else UNKNOWN
            elif kind is not BindingKind.ASSIGNMENT:
                inner = UNKNOWN
            numbers.append(inner)
        return self.one_of("V" if self.may_be_handed_in(numbers) else "U", numbers)

    def sends_a_statement(self, call: ast.Call) -> bool:
        """
        Whether a call sends a statement of SQLAlchemy, and what it gives is used where it stands, or not at all.

        That of an asynchronous session would be awaited.
        """
        if not call.args or not isinstance(self.parents.get(call), (ast.Attribute, ast.Expr)):
            return False
        statement = call.args[0]
        if isinstance(statement, ast.Name):
            bindings = self.module.bindings(statement)
            statement = bindings[0].value or statement if bindings else statement
        while isinstance(statement, ast.Call) and isinstance(statement.func, ast.Attribute):
            if not isinstance(statement.func.value, ast.Call):
                break
            statement = statement.func.value
        if not isinstance(statement, ast.Call) or last_name(statement.func) not in _STATEMENTS:
            return False
        return (self.module.qualname(statement.func) or "").startswith(("sqlalchemy.", "sqlmodel."))


def _names_a_class(call: ast.Call) -> bool:
    """Whether the first argument of a call is a class by its name, or an attribute of one: `Model`, `Model.id`."""
    first: ast.AST | None = call.args[0] if call.args else None
    if isinstance(first, ast.Attribute) and isinstance(first.value, (ast.Name, ast.Attribute)):
        if last_name(first.value).lstrip("_")[:1].isupper():
            return True
    return isinstance(first, (ast.Name, ast.Attribute)) and reads_as_class(last_name(first))


def is_of_callable(annotation: ast.expr | None) -> bool:
    """Whether an annotation is one of functions: `Callable[[], dict]`, `Callable[..., str] | None`."""
    if annotation is None:
        return False
    if isinstance(annotation, ast.BinOp):
        return is_of_callable(annotation.left) or is_of_callable(annotation.right)
    if isinstance(annotation, ast.Subscript) and last_name(annotation.value) == "Optional":
        return is_of_callable(annotation.slice)
    return last_name(annotation.value if isinstance(annotation, ast.Subscript) else annotation) == "Callable"
