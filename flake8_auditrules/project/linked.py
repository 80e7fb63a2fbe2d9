"""The modules that are seen from one set of source roots, and what the semantics asks of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_auditrules.project.effects import Effects
from flake8_auditrules.project.facts import HANDED, STATE, ClassFacts, ModuleFacts
from flake8_auditrules.project.graph import PROTOCOLS, Graph, Value
from flake8_auditrules.project.index import tells_a_class
from flake8_auditrules.project.solitude import Solitude

if TYPE_CHECKING:
    from flake8_auditrules.project.project import Project

_MOST_ALIASES = 6
_MOST_IMPLEMENTATIONS = 5
# Libraries have such, too.
_OF_ANYBODY = frozenset({"client", "connection", "model", "request", "response", "session"})
_CALLED = frozenset({"function", "managing", "returning", "instance"})


class Linked:
    """The modules that are seen from one set of source roots: their graph, its effects, and what others ask."""

    def __init__(self, project: Project, roots: tuple[str, ...]) -> None:
        self._project = project
        self._roots = roots
        self._found: dict[str, ModuleFacts | None] = {}
        self.paths: dict[str, str] = {}
        tables = project.config.tables
        self.fingerprint = repr(
            (roots, [sorted(tables.get(name, {}).items()) for name in ("blocking", "offloading")])
        )
        """What answers depend on beside the files: where modules are looked for, and the user's own tables."""
        self.graph = Graph(
            self.find, self.implementations, self.values_on_state, self.values_handed, self.class_with
        )
        self._implementations: dict[tuple[str, str], tuple[str, ...]] = {}
        self.solitude = Solitude(
            self.graph, project.facts_that_mention, project.names_used, project.note_asked_of_all
        )
        self.effects = Effects(
            self.graph,
            project.config.tables.get("blocking", {}),
            project.config.tables.get("offloading", {}),
            project.installed.entry if project.installed is not None else None,
        )

    def find(self, dotted: str) -> ModuleFacts | None:
        """The facts of a module by its dotted name."""
        try:
            return self._found[dotted]
        except KeyError:
            pass
        path = self._project.layout.find(dotted, self._roots) if dotted else None
        facts = self._project.facts(path) if path is not None else None
        if facts is not None and dotted != facts.name and "." not in dotted and _imports_by_name(facts, dotted):
            # `redis.py` in a folder that is no package is not the `redis` that it imports itself.
            facts = None
        self._found[dotted] = facts
        if facts is not None and path is not None:
            self._found.setdefault(facts.name, facts)
            self.paths.setdefault(facts.name, path)
        return facts

    def path_of(self, dotted: str) -> str | None:
        """The file of a module by its dotted name; None for one that is not of the project."""
        return self._project.layout.find(dotted, self._roots)

    def hold(self, facts: ModuleFacts, path: str) -> None:
        """Use these facts for the module of their name, also where it was asked for before they were there."""
        if self._found.get(facts.name, facts) is None:
            self.graph.forget(facts.name)
            self.effects.forget()
        self._found[facts.name] = facts
        self.paths[facts.name] = path

    def implementations(self, class_name: str, method: str) -> tuple[str, ...]:
        """
        The few classes of the project that fill a method which the given class leaves open; empty for many.

        Subclasses count, and for a Protocol the classes that have all its methods with the same parameters.
        """
        key = (class_name, method)
        if key not in self._implementations:
            self._implementations[key] = ()
            self._implementations[key] = self._find_implementations(class_name, method)
        return self._implementations[key]

    def _find_implementations(self, class_name: str, method: str) -> tuple[str, ...]:
        known = self.graph.class_facts(class_name)
        if known is None:
            return ()
        facts, asked = known
        is_protocol = any(base in PROTOCOLS for base in self.graph.line(class_name)[1:])
        found: list[str] = []
        # Of one method alone many classes have the like.
        most = 1 if is_protocol and len(asked.methods) == 1 else _MOST_IMPLEMENTATIONS
        # What a protocol has as a property may be an attribute of what fills it.
        has = [name for name, number in asked.methods.items() if facts.functions[number].role != "property"]
        for candidate in self._project.classes.filling(class_name, method, has if is_protocol else ()):
            line = self.graph.line(candidate)
            if class_name in line[1:] or (is_protocol and self._fits(facts, asked, candidate)):
                found.append(candidate)
                if len(found) > most:
                    return ()
        return tuple(found)

    def class_with(self, used: Collection[str], name: str) -> str:
        """
        The one class of the project that has all attributes which are used of something; "" for none.

        It is the only one with one of the methods, if it is named after the class, or else with several.
        """
        telling = [self._project.classes.with_method(one) for one in used if tells_a_class(one)]
        alone = [names[0] for names in telling if len(names) == 1]
        if not alone or len(set(alone)) > 1:
            return ""
        if len(alone) == 1 and not _is_named_after(name, alone[0].rpartition(".")[2]):
            return ""
        if any(twin in used for one in used for twin in (f"{one}_async", f"async_{one}", f"a{one}")):
            # The code asks what is there, and takes the coroutine.
            return ""
        known = [self.graph.class_facts(one) for one in self.graph.line(alone[0])]
        has = {one for found in known if found is not None for one in (*found[1].methods, *found[1].attributes)}
        return alone[0] if has.issuperset(used) else ""

    def values_on_state(self, name: str) -> Iterator[Value | None]:
        """What the modules of the project put on the state of an application under a name, each once."""
        for facts, number in self._put(STATE + name):
            yield self.graph.value(facts, number, "") if facts is not None else None

    def values_handed(self, target: str, places: Sequence[int | str]) -> Iterator[Value | None]:
        """What the calls of a function or class of the project hand in at a place, by position or name."""
        last = target.rpartition(".")[2]
        for place in places:
            for facts, number in self._put(f"{HANDED}{last}.{place}"):
                if facts is None or not number:
                    # What is not seen from here calls nothing that is.
                    continue
                for callee, given in facts.terms[number][1]:  # type: ignore[attr-defined]
                    meant = self.graph.value(facts, callee, "")
                    if meant is not None and meant.name == target:
                        yield self.graph.value(facts, given, "")

    def _put(self, name: str) -> Iterator[tuple[ModuleFacts | None, int]]:
        """The modules that put something under a name (None: not seen from here), and the numbers of its terms."""
        for module in self._project.modules_that_put(name):
            facts = self.find(module)
            yield facts, facts.exports.get(name, 0) if facts is not None else 0

    def _fits(self, facts: ModuleFacts, protocol: ClassFacts, candidate: str) -> bool:
        """Whether a class has all methods of a protocol, with the same names of parameters."""
        known = self.graph.class_facts(candidate)
        if known is None or not protocol.methods:
            return False
        other_facts, other = known
        if any(base in PROTOCOLS for base in self.graph.line(candidate)[1:]):
            return False
        for name, number in protocol.methods.items():
            wanted = facts.functions[number]
            if name not in other.methods:
                if wanted.role == "property" and name in other.attributes:
                    continue
                return False
            given = other_facts.functions[other.methods[name]]
            if wanted.parameters != given.parameters or wanted.is_async != given.is_async:
                return False
        return True

    def canonical_variable(self, qualname: str) -> str:
        """The qualified name of the module's variable that a name leads to, imports under other names followed."""
        for _ in range(_MOST_ALIASES):
            found = self.graph.split(qualname)
            if found is None:
                return qualname
            facts, rest = found
            number = facts.exports.get(rest, 0)
            term = facts.terms[number]
            name = f"{facts.name}.{rest}" if facts.name and rest else facts.name or rest
            if term[0] != "N" or term[1] in (qualname, name):
                return name
            qualname = str(term[1])
        return qualname

    def providers(self, qualname: str) -> tuple[str, ...]:
        """The names of the dependencies of a function, or of a class's constructor, of another module."""
        value = self.graph.resolve(qualname) if self.graph.split(qualname) is not None else None
        if value is None:
            return self._providers_of_alias(qualname)
        for candidate in (value.name, f"{value.name}.__init__", f"{value.name}.__call__"):
            found = self.graph.split(candidate)
            if found is not None and found[1] in found[0].wiring.provided:
                return found[0].wiring.provided[found[1]]
        return ()

    def _providers_of_alias(self, qualname: str) -> tuple[str, ...]:
        """What `Annotated[..., Depends(x)]` behind a variable of another module depends on."""
        found = self.graph.split(self.canonical_variable(qualname))
        if found is None:
            return ()
        facts, rest = found
        number = facts.exports.get(rest, 0)
        term = facts.terms[number]
        if term[0] != "G":
            return ()
        numbers: tuple[int, ...] = term[2]  # type: ignore[assignment]
        names: list[str] = []
        for number in numbers:
            part = facts.terms[number]
            if part[0] == "D" and isinstance(part[1], int) and facts.terms[part[1]][0] == "N":
                names.append(str(facts.terms[part[1]][1]))
        return tuple(names)

    # -- what Instances asks (semantics.instances.Elsewhere) ---------------------------------------------

    def is_class(self, qualname: str) -> bool | None:
        """Whether the name is a class, something else, or not known."""
        if self.graph.split(qualname) is None:
            return None
        value = self.graph.resolve(qualname)
        if value is None or value.kind == "external":
            return None
        return value.kind == "class"

    def bases(self, qualname: str) -> tuple[str, ...] | None:
        """
        The qualified names of a class's direct bases.

        A class of a library that a module of the project passes on under its own name counts as its base.
        """
        if self.graph.split(qualname) is None:
            return None
        value = self.graph.resolve(qualname)
        if value is not None and value.kind == "external" and value.name != qualname:
            return (value.name,)
        if value is None or value.kind != "class":
            return None
        line = self.graph.line(value.name)
        return line[1:] if value.name == qualname else line

    def attribute_class(self, class_name: str, attribute: str) -> str | None:
        """The class of what an attribute or property of a class's instances holds."""
        if self.graph.split(class_name) is None:
            return None
        value = self.graph.resolve(class_name)
        if value is None or value.kind != "class":
            return None
        return _class_name(self.graph.attribute(Value("instance", value.name), attribute))

    def returned_class(self, function: str, awaited: bool) -> str | None:
        """The class that calling a function gives, or that awaiting its call gives."""
        if self.graph.split(function) is None:
            return None
        value = self.graph.resolve(function)
        given = self.graph.called(value) if value is not None and value.kind != "external" else None
        if given is not None and awaited:
            given = given.parts[0] if given.kind == "awaitable" else None
        return _class_name(given)

    def entered_class(self, function: str) -> str | None:
        """The class that `with function() as x` binds to x."""
        if self.graph.split(function) is None:
            return None
        value = self.graph.resolve(function)
        given = self.graph.called(value) if value is not None and value.kind in _CALLED else None
        if given is None:
            return None
        if given.kind in ("manager", "generator"):
            return _class_name(self.graph.yielded(given))
        return _class_name(self.graph.managed(given))

    def meant_class(self, qualname: str) -> str | None:
        """The class that an annotation means which names a module's variable or what a module passes on."""
        return _class_name(self.graph.meant(qualname)) if self.graph.split(qualname) is not None else None

    def variable_class(self, qualname: str) -> str | None:
        """The class of the object that a module's variable holds."""
        if self.graph.split(qualname) is None:
            return None
        return _class_name(self.graph.resolve(qualname))

    def constant(self, qualname: str) -> int | float | str | bool | None:
        """The constant that a module's or class's variable holds."""
        for _ in range(4):
            found = self.graph.split(qualname)
            if found is None:
                return None
            facts, rest = found
            if rest in facts.constants:
                return facts.constants[rest]
            first, _, further = rest.partition(".")
            number = facts.exports.get(first, 0)
            term = facts.terms[number]
            if term[0] != "N":
                return None
            target = f"{term[1]}.{further}" if further else str(term[1])
            if target == qualname:
                return None
            qualname = target
        return None


def _imports_by_name(facts: ModuleFacts, dotted: str) -> bool:
    """Whether a module imports a top-level module of a name, or something out of one."""
    return any(
        term[0] == "N" and (term[1] == dotted or str(term[1]).startswith(f"{dotted}.")) for term in facts.terms
    )


def _is_named_after(name: str, class_name: str) -> bool:
    """Whether a variable is named after a class, or a part of its name: `session_store`, `store`, `control`."""
    words = name.replace("_", "").lower()
    return len(words) > 3 and words not in _OF_ANYBODY and words in class_name.lower()


def _class_name(value: Value | None) -> str | None:
    if value is None or value.kind != "instance" or "(" in value.name:
        return None
    return value.name
