"""The facts of a module, read off its index."""

from __future__ import annotations

import ast
import operator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.facts import (
    AT_ONCE,
    ATTRIBUTE,
    AWAITED,
    CALL,
    FINISHED,
    GIVES_MEMORY,
    LOOP,
    MEMORY,
    NONE,
    ONE_TEXT,
    OWN_LEVEL,
    UNKNOWN,
    UNLESS_FILE,
    WITH,
    FunctionFacts,
    ModuleFacts,
    Site,
)
from flake8_auditrules.project.reading.calls import CallNotes, is_in_file_system_of_memory
from flake8_auditrules.project.reading.contexts import LOOP_TESTS, OpenFunction, SiteContexts
from flake8_auditrules.project.reading.exports import ModuleExports
from flake8_auditrules.project.reading.expressions import OF_FILES_OR_MEMORY, is_in_memory
from flake8_auditrules.project.reading.places import FUNCTIONS
from flake8_auditrules.project.wiring import wiring_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import Scope
from flake8_auditrules.semantics.short_files import is_filled, is_of_some_bytes
from flake8_auditrules.semantics.small_files import (
    hands_small_file,
    is_of_small_file,
    lists_small_folder,
    opens_text,
)
from flake8_auditrules.semantics.stubs import is_stub

_MOST_ELEMENTS = 4
# What functions of a project are called that tell whether the loop runs: `_loop_is_running()`, `in_event_loop()`.
_ASKING_FOR_LOOP = pattern(
    r"_*(?:is_|has_|in_)?(?:an?_|the_)?(?:async(?:io)?_)?(?:event_)?loop_(?:is_)?(?:already_)?(?:running|active)"
    r"|_*(?:is_)?(?:running_)?(?:in|inside|within|has)_(?:an?_|the_)?(?:active_|running_|current_)?"
    r"(?:async(?:io)?_)?(?:event_)?loop"
)
_MAY_OPEN = pattern(r"dump|load|read|save|write|_from_")
# Without a place to write to these give a text.
_TABLE_WRITERS = frozenset({"to_csv", "to_json", "to_html", "to_markdown", "to_latex", "to_string", "to_xml"})
_READERS = frozenset(
    {
        *("open", "load", "ZipFile", "save", "copyfileobj", "loadtxt", "parse", "genfromtxt"),
        *("to_excel", "to_parquet", "to_pickle", *_TABLE_WRITERS),
    }
)
_LISTING = frozenset({"glob", "iglob", "iterdir", "listdir", "scandir"})
# What writes to, or reads from, a file that may be given by its name or open.
_TAKING_FILES = frozenset(
    {
        *("File", "fromfile", "imread", "imsave", "imwrite", "iterparse", "mimread", "mimsave", "open_workbook"),
        *(
            "save_image",
            "savefig",
            "savetxt",
            "savez_compressed",
            "write",
            "write_avro",
            "write_csv",
            "write_excel",
        ),
        *("write_feather", "write_ipc", "write_parquet", "write_table"),
    }
)
_TEMPORARY = frozenset({"NamedTemporaryFile", "TemporaryFile", "fdopen"})
_WRITES_WHOLE = frozenset({"write_bytes", "write_text"})
_RUNNING = frozenset({"run", "run_until_complete"})
# What archives do within themselves: the others read or write files beside them.
_OF_ARCHIVES = frozenset({"addfile", "getmembers", "getnames", "testzip"})
_BUILTINS_THAT_RUN = frozenset(
    f"builtins.{name}" for name in ("open", "input", "map", "filter", "sorted", "min", "max", "super")
)
_BUILTINS_THAT_ITERATE = frozenset(
    f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict", "sum", "any", "all")
)
_PIPE_READS = frozenset({"read", "readline", "readlines"})
_SOCKET_CALLS = frozenset({"accept", "connect", "recv", "recv_into", "recvfrom", "send", "sendall", "sendto"})
_PLACE_OF_SITE = operator.itemgetter(slice(1, 5))


def facts_of(module: Module, is_package: bool = False) -> ModuleFacts:
    """What the module says, by its own text alone."""
    return _Reader(module, is_package).read()


class _Reader(ModuleExports, SiteContexts, CallNotes):
    """Reads one module's facts off its index."""

    def __init__(self, module: Module, is_package: bool) -> None:
        super().__init__(module)
        self.is_package = is_package

    def read(self) -> ModuleFacts:
        """All facts of the module."""
        index = self.module.index
        definitions: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda] = []
        for kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda):
            definitions.extend(index.nodes.get(kind, ()))  # type: ignore[arg-type]
        definitions.sort(key=lambda node: (node.lineno, node.col_offset))
        for definition in definitions:
            self.open[definition] = OpenFunction(self.local_name(definition))
        classes = self.read_classes()
        self.read_flow_nodes()
        self.read_sites()
        functions: list[FunctionFacts] = []
        named: dict[str, int] = {}
        numbers: dict[ast.AST, int] = {}
        for definition in definitions:
            facts = self.close(definition)
            numbers[definition] = len(functions)
            known = named.get(facts.name)
            if known is None or not self.is_lesser(definition, functions[known]):
                named[facts.name] = len(functions)
            functions.append(facts)
        if self.module.tree in self.open:
            functions.append(self.own_level())
        for name, one in list(classes.items()):
            methods = {method: named[f"{name}.{method}"] for method in one.methods if f"{name}.{method}" in named}
            classes[name] = one._replace(methods=methods)
        exports: dict[str, int] = {}
        for name, sites in index.root.bindings.items():
            exports[name] = self.term_of_site(sites[0]) if len(sites) == 1 else self.term_of_sites(sites)
        exports.update(self.read_states())
        exports.update(self.read_handed())
        return ModuleFacts(
            self.module.name,
            self.is_package,
            self.terms,
            functions,
            named,
            classes,
            exports,
            self.read_constants(),
            tuple(self.star_module(star) for star in index.root.stars),
            wiring_of(self.module),
        )

    def read_flow_nodes(self) -> None:
        """Note what functions return and yield."""
        for node in self.module.nodes(ast.Return):
            if node.value is not None:
                owner, scope = self.place(node)
                if owner is not None:
                    self.open[owner].returned.append(self.returned(node.value, scope))
        for lambda_node in self.module.nodes(ast.Lambda):
            scope = self.scopes[lambda_node]
            self.open[lambda_node].returned.append(self.term(lambda_node.body, scope))
        for kind in (ast.Yield, ast.YieldFrom):
            for yielding in self.module.nodes(kind):
                owner, scope = self.place(yielding)
                if owner is None:
                    continue
                opened = self.open[owner]
                value: ast.expr | None = yielding.value  # type: ignore[attr-defined]
                inner = self.term(value, scope) if value is not None else NONE
                if kind is ast.YieldFrom:
                    self.add(opened, LOOP, yielding, inner, 0, ())
                    inner = self.number("I", inner) if inner else UNKNOWN
                opened.yielded.append(inner)
                line: int = yielding.lineno
                opened.first_yield = min(opened.first_yield or line, line)

    def returned(self, value: ast.expr, scope: Scope) -> int:
        """The term of what a function returns: a tuple with its elements."""
        if value.__class__ is not ast.Tuple or len(value.elts) > _MOST_ELEMENTS:
            return self.term(value, scope)
        return self.number("L", tuple(self.term(element, scope) for element in value.elts))

    def add(
        self,
        opened: OpenFunction,
        kind: int,
        node: ast.AST,
        term: int,
        flags: int,
        arguments: tuple[tuple[int | str, int], ...],
    ) -> None:
        opened.sites.append(
            Site(
                kind,
                node.lineno,  # type: ignore[attr-defined]
                node.col_offset,  # type: ignore[attr-defined]
                node.end_lineno,  # type: ignore[attr-defined]
                node.end_col_offset,  # type: ignore[attr-defined]
                term,
                flags,
                arguments,
            )
        )

    def read_sites(self) -> None:
        called: set[ast.AST] = set()
        for call in self.module.nodes(ast.Call):
            called.add(call.func)
            owner, scope = self.place(call)
            if owner is not None:
                self.read_call(call, owner, scope)
            elif last_name(call.func) in _RUNNING:
                self.read_run(call)
        for kind in (ast.With, ast.AsyncWith):
            for statement in self.module.nodes(kind):
                owner, scope = self.place(statement)
                if owner is None or kind is ast.AsyncWith:
                    continue
                for item in statement.items:  # type: ignore[attr-defined]
                    term = self.term(item.context_expr, scope)
                    if term:
                        flags = self.context(item.context_expr)
                        self.add(self.open[owner], WITH, item.context_expr, term, flags, ())
        for loop in self.module.nodes(ast.For):
            self.read_loop(loop.iter)
        for comprehension in self.module.nodes(ast.comprehension):
            if not comprehension.is_async:
                self.read_loop(comprehension.iter)
        self.read_attributes(called)

    def read_run(self, call: ast.Call) -> None:
        """Note a call of a module's own level that may run a coroutine, as scripts do, and what it is handed."""
        tree = self.module.tree
        handed = [argument for argument in call.args if isinstance(argument, ast.Call)]
        if not handed:
            return
        self.open.setdefault(tree, OpenFunction(OWN_LEVEL))
        for one in (call, *handed):
            self.read_call(one, tree, self.module.index.root)

    def read_loop(self, iterable: ast.expr) -> None:
        owner, scope = self.place(iterable)
        if owner is None:
            return
        term = self.term(iterable, scope)
        if term and self.terms[term][0] not in ("P", "O") and not self.is_literal(term):
            self.add(self.open[owner], LOOP, iterable, term, self.context(iterable), ())

    def read_attributes(self, called: set[ast.AST]) -> None:
        """Note the attributes that are looked up and may be properties, once each in a function."""
        seen: set[tuple[ast.AST, int]] = set()
        own: dict[str, set[str]] = {}
        for attribute in self.module.nodes(ast.Attribute):
            if attribute in called or attribute.ctx.__class__ is not ast.Load:
                continue
            value = attribute.value
            if value.__class__ is ast.Constant:
                continue
            owner, scope = self.place(attribute)
            if owner is None:
                continue
            if attribute.attr == "done":
                self.open[owner].finished = True
            inner = self.term(value, scope)
            if not inner:
                continue
            head = self.terms[inner]
            if head[0] in ("N", "P", "O", "X"):
                continue
            if head[0] == "S":
                class_name = str(head[1])
                held = own.get(class_name)
                if held is None:
                    held = own[class_name] = self.plain_members(class_name)
                if attribute.attr in held:
                    continue
            term = self.attribute(inner, attribute.attr)
            if (owner, term) not in seen:
                seen.add((owner, term))
                flags = self.context(attribute)
                self.add(self.open[owner], ATTRIBUTE, attribute, term, flags, ())

    def plain_members(self, class_name: str) -> set[str]:
        """The attributes that a class itself stores and that are therefore no properties."""
        for node in self.module.nodes(ast.ClassDef):
            if self.local_name(node) == class_name:
                members = self.module.members(node)
                return set(members.attributes) - set(members.methods)
        return set()

    def read_call(self, call: ast.Call, owner: ast.AST, scope: Scope) -> None:
        opened = self.open[owner]
        function = call.func
        last = last_name(function)
        if last in LOOP_TESTS or ("loop" in last and _ASKING_FOR_LOOP.fullmatch(last) is not None):
            opened.loop_aware = True
        elif last in ("done", "empty", "qsize", "add_done_callback"):
            opened.finished = True
        flags = AWAITED if self.module.awaited(call) else 0
        if isinstance(function, ast.Name) and not flags:
            sites = scope.lookup(function.id)
            if len(sites) == 1 and isinstance(sites[0], ast.arg):
                if self.parents.get(self.parents[sites[0]]) is owner:
                    opened.called.add(function.id)
        term = self.term(function, scope)
        if not term:
            return
        head = self.terms[term]
        if head[0] in ("P", "Y") and not flags:
            return
        if head[0] == "N":
            name = str(head[1])
            if name.startswith("builtins.") and name not in _BUILTINS_THAT_RUN:
                if name in _BUILTINS_THAT_ITERATE and call.args and not isinstance(call.args[0], ast.GeneratorExp):
                    self.read_loop(call.args[0])
                return
        elif head[0] == "A" and self.is_literal(head[1]):  # type: ignore[arg-type]
            return
        if last in _TEMPORARY and not is_filled(self.module, call):
            return
        if last in _SOCKET_CALLS and self.minds_that_it_would_block(call):
            return
        if last == "sleep" and isinstance(owner, ast.FunctionDef) and self.is_for_a_file_lock(call):
            return
        if last == "connect":
            if self.is_datagram_socket(function, owner) or self.is_of_this_machine(call):
                return
            if head[0] == "N" and head[1] in OF_FILES_OR_MEMORY and is_in_memory(call):
                # Opening takes no time, whatever is attached afterwards.
                return
        if last.startswith("gethostby") and self.names_this_machine(call):
            return
        if last == "getaddrinfo" and (
            self.names_this_machine(call)
            or (any(keyword.arg == "flags" for keyword in call.keywords) and self.asks_for_own_address(call))
        ):
            return
        if last.endswith("download") and self.takes_only_what_is_there(call):
            return
        if (
            self.is_told_not_to_wait(call, last)
            or (last == "get" and self.is_known_to_be_ready(call))
            or (last in ("wait", "communicate") and self.is_known_to_have_ended(call))
            or (last in _PIPE_READS and self.is_after_end(call))
        ):
            flags |= AT_ONCE
        flags |= self.context(call)
        if self.has_memory_files() and self.is_given_memory(call, scope):
            flags |= GIVES_MEMORY
        if last == "open" and self.is_for_names_only(call):
            flags |= UNLESS_FILE
        arguments: list[tuple[int | str, int]] = []
        for position, argument in enumerate(call.args):
            self.note_argument(arguments, position, argument, scope)
        for keyword in call.keywords:
            if keyword.arg is not None:
                self.note_argument(arguments, keyword.arg, keyword.value, scope)
        if last in _READERS or last in _WRITES_WHOLE or last.startswith("read"):
            if (
                (call.args and self.is_in_memory(call.args[0], scope))
                or self.is_opened_here(last, function)
                or self.is_closed_at_once(call)
                or self.names_a_file_in_memory(call)
                or (last == "parse" and call.args and self.is_open_file(call.args[0]))
                or (last in _TABLE_WRITERS and not call.args and not _names_a_target(call))
                or is_of_some_bytes(self.module, call)
                or is_of_small_file(self.module, call)
            ):
                flags |= MEMORY
            elif opens_text(call):
                flags |= ONE_TEXT
        elif last in _LISTING:
            if self.names_a_file_in_memory(call) or lists_small_folder(self.module, call):
                flags |= MEMORY
        elif last in _TAKING_FILES and call.args:
            if self.is_open_file(call.args[0]) or any(self.is_in_memory(one, scope) for one in call.args[:2]):
                flags |= MEMORY
        elif last in _OF_ARCHIVES and self.has_memory_files() and self.is_on_archive_in_memory(call, scope):
            flags |= MEMORY
        if call.args and call.args[0].__class__ is ast.Constant and is_in_file_system_of_memory(call.args[0]):
            flags |= MEMORY | GIVES_MEMORY
        if _MAY_OPEN.search(last) is not None and hands_small_file(self.module, call):
            flags |= MEMORY | GIVES_MEMORY
        self.add(opened, CALL, call, term, flags, tuple(arguments))

    def note_argument(
        self, arguments: list[tuple[int | str, int]], key: int | str, argument: ast.expr, scope: Scope
    ) -> None:
        """Note an argument that may be a function."""
        kind = argument.__class__
        if kind is ast.Name:
            sites = scope.lookup(argument.id)  # type: ignore[attr-defined]
            if not sites or not isinstance(sites[0], (*FUNCTIONS, ast.alias)):
                return
        elif kind is ast.Call:
            if last_name(argument.func) != "partial":  # type: ignore[attr-defined]
                return
        elif kind is not ast.Attribute and kind is not ast.Lambda:
            return
        term = self.term(argument, scope)
        if term:
            arguments.append((key, term))

    def close(self, definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> FunctionFacts:
        """The facts of a function whose sites are all there."""
        opened = self.open[definition]
        arguments = definition.args
        parameters = tuple(one.arg for one in (*arguments.posonlyargs, *arguments.args))
        keyword_only = tuple(one.arg for one in arguments.kwonlyargs)
        owner, role, returns = "", "", UNKNOWN
        decorators: tuple[int, ...] = ()
        switches: tuple[tuple[str, bool], ...] = ()
        if not isinstance(definition, ast.Lambda):
            scope = self.place(definition)[1]
            holder = self.parents.get(definition)
            if isinstance(holder, ast.ClassDef):
                owner = self.local_name(holder)
                role = self.role(definition)
            decorators = tuple(self.decorator(one, scope) for one in definition.decorator_list)
            if any(last_name(one) == "overload" for one in definition.decorator_list):
                switches = _switches(arguments)
            if definition.returns is not None:
                returns = self.annotation(definition.returns, scope)
                returns = UNKNOWN if self.is_of_anything(returns) else returns
        sites = sorted(opened.sites, key=_PLACE_OF_SITE)
        if opened.finished:
            sites = [site._replace(flags=site.flags | FINISHED) for site in sites]
        return FunctionFacts(
            opened.name,
            definition.lineno,
            isinstance(definition, ast.AsyncFunctionDef),
            bool(opened.yielded),
            owner,
            role,
            decorators,
            parameters,
            keyword_only,
            returns,
            tuple(dict.fromkeys(opened.returned)),
            tuple(dict.fromkeys(opened.yielded)),
            switches,
            tuple(sorted(opened.called)),
            is_stub(definition),
            opened.loop_aware,
            opened.first_yield,
            tuple(opened.guards),
            tuple(sites),
        )

    def own_level(self) -> FunctionFacts:
        """What the module's own level runs, in the shape of a function that no name leads to."""
        sites = tuple(sorted(self.open[self.module.tree].sites, key=_PLACE_OF_SITE))
        return FunctionFacts(
            OWN_LEVEL, 0, False, False, "", "", (), (), (), UNKNOWN, (), (), (), (), False, False, 0, (), sites
        )


def _switches(arguments: ast.arguments) -> tuple[tuple[str, bool], ...]:
    """The parameters annotated as `Literal[True]` or `Literal[False]`, with the value."""
    return tuple(
        (one.arg, one.annotation.slice.value)
        for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        if isinstance(one.annotation, ast.Subscript)
        and last_name(one.annotation.value) == "Literal"
        and isinstance(one.annotation.slice, ast.Constant)
        and isinstance(one.annotation.slice.value, bool)
    )


def _names_a_target(call: ast.Call) -> bool:
    """Whether a call that writes a table names what it writes to."""
    return any(keyword.arg in ("path_or_buf", "path_or_buffer", "buf", None) for keyword in call.keywords)
