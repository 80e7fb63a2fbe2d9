"""What a call surely does not do: reach a file, another machine, or wait, although its name says so."""

from __future__ import annotations

import ast

from flake8_auditrules.project.reading.expressions import ExpressionTerms
from flake8_auditrules.project.reading.places import FUNCTIONS, dotted
from flake8_auditrules.semantics.measured_loads import LOAD_OF_PROCESSORS, measures_at_once
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, Scope, ScopeKind

_OWN_NAMES = frozenset({"socket.gethostname", "socket.getfqdn", "platform.node"})
_SHORTEST_SLEEP = 0.01
_ENDING_OF_PROCESSES = ("communicate", "kill", "poll", "returncode", "terminate", "wait")
_FILE_READS = frozenset({"read", "read1", "readall", "readinto", "readline", "readlines"})
# What says that `os.waitpid` and `os.spawnl` are not to wait.
_AT_ONCE_NAMES = frozenset({"P_NOWAIT", "P_NOWAITO", "P_DETACH", "WNOHANG"})
# What tells a library that fetches models to take only what is there already.
_FROM_DISK = "local_files_only"
_DATAGRAMS = frozenset({"SOCK_DGRAM"})
_STREAMS = frozenset({"SOCK_STREAM"})
_MEMORY_FILES = frozenset({"io.BytesIO", "io.StringIO", "tempfile.SpooledTemporaryFile"})


class CallNotes(ExpressionTerms):
    """Tells which calls of one module do less than their names say."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self.makes_memory_files: bool | None = None

    def names_a_file_in_memory(self, call: ast.Call) -> bool:
        """Whether a call opens or reads a path, a literal or a constant of the module, that is on no disk."""
        named = call.args[0] if call.args else None
        if isinstance(call.func, ast.Attribute):
            named = self.constant(call.func.value)
            if isinstance(named, ast.Call):
                named = named.args[0] if named.args else None
        return named is not None and is_in_file_system_of_memory(self.constant(named))

    def constant(self, expression: ast.expr) -> ast.expr:
        """What the one binding of a module's constant gives it; other expressions as they are."""
        if isinstance(expression, ast.Name) and expression.id.strip("_").isupper():
            bindings = self.module.bindings(expression)
            if len(bindings) == 1 and bindings[0].value is not None:
                return bindings[0].value
        return expression

    def has_memory_files(self) -> bool:
        """Whether the module makes objects in memory that read like files."""
        if self.makes_memory_files is None:
            calls = self.module.calls_named("BytesIO", "StringIO", "SpooledTemporaryFile")
            self.makes_memory_files = any(True for _ in calls)
        return self.makes_memory_files

    def is_given_memory(self, call: ast.Call, scope: Scope) -> bool:
        """Whether a call is given an object in memory."""
        given = (*call.args, *(keyword.value for keyword in call.keywords))
        return any(self.is_in_memory(argument, scope) for argument in given)

    def is_for_names_only(self, call: ast.Call) -> bool:
        """Whether a name is opened in a branch of an `if` that asks of what kind the name's value is."""
        opened = call.args[0] if call.args else None
        if not isinstance(opened, ast.Name):
            return False
        for ancestor in self.module.ancestors(call):
            if isinstance(ancestor, FUNCTIONS):
                return False
            if isinstance(ancestor, ast.If) and any(
                isinstance(part, ast.Call)
                and isinstance(part.func, ast.Name)
                and part.func.id in ("isinstance", "hasattr")
                and bool(part.args)
                and isinstance(part.args[0], ast.Name)
                and part.args[0].id == opened.id
                for part in ast.walk(ancestor.test)
            ):
                return True
        return False

    def is_in_memory(self, argument: ast.expr, scope: Scope) -> bool:
        """Whether an argument is an object in memory that reads like a file."""
        if not isinstance(argument, (ast.Name, ast.Call)):
            return False
        term = self.terms[self.term(argument, scope)]
        return term[0] == "C" and self.qualname(term[1]) in _MEMORY_FILES  # type: ignore[arg-type]

    def is_open_file(self, argument: ast.expr) -> bool:
        """Whether an argument is what a `with` has opened: the opening is what counts."""
        return isinstance(argument, ast.Name) and any(
            binding.kind is BindingKind.CONTEXT for binding in self.module.bindings(argument)
        )

    def is_on_archive_in_memory(self, call: ast.Call, scope: Scope) -> bool:
        """Whether an archive is written to or read from memory, and what is added to it comes from memory."""
        archive = call.func.value if isinstance(call.func, ast.Attribute) else None
        if not isinstance(archive, ast.Name) or not all(self.is_in_memory(one, scope) for one in call.args[1:]):
            return False
        made = [binding.value for binding in self.module.bindings(archive)]
        return bool(made) and all(
            isinstance(value, ast.Call) and self.is_given_memory(value, scope) for value in made
        )

    def minds_that_it_would_block(self, call: ast.Call) -> bool:
        """Whether a handler around a call is for a socket that does not block: its error says "not yet"."""
        return any(
            isinstance(ancestor, ast.Try)
            and any(
                isinstance(part, ast.Name) and part.id == "BlockingIOError"
                for handler in ancestor.handlers
                if handler.type is not None
                for part in ast.walk(handler.type)
            )
            for ancestor in self.module.ancestors(call)
        )

    def is_for_a_file_lock(self, call: ast.Call) -> bool:
        """Whether a pause is for another process to let go of a lock on a file, as the handler around it tells."""
        return any(
            isinstance(part, ast.Name) and part.id == "BlockingIOError"
            for ancestor in self.module.ancestors(call)
            if isinstance(ancestor, ast.ExceptHandler) and ancestor.type is not None
            for part in ast.walk(ancestor.type)
        )

    def is_told_not_to_wait(self, call: ast.Call, last: str) -> bool:
        """Whether the arguments of a call, whose last name is `last`, say that it is not to wait."""
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Constant):
                value = keyword.value.value
                if keyword.arg in ("block", "blocking", "wait") and value is False:
                    return True
                if keyword.arg == "timeout" and value == 0 and value is not None:
                    return True
        if last in LOAD_OF_PROCESSORS:
            return measures_at_once(self.module, call)
        if last == "waitpid" and len(call.args) > 1 and not isinstance(call.args[1], ast.Constant):
            return True
        if last == "select" and len(call.args) > 3:
            longest = call.args[3]
            return isinstance(longest, ast.Constant) and longest.value == 0 and longest.value is not None
        if last.startswith(("wait", "spawn")) and self.has_name_of(call, _AT_ONCE_NAMES):
            return True
        if call.args and isinstance(call.args[0], ast.Constant):
            value = call.args[0].value
            if last in ("acquire", "get", "wait", "join", "result") and (value is False or value == 0):
                return True
            if last == "sleep" and isinstance(value, (int, float)) and value < _SHORTEST_SLEEP:
                return True
        return last == "acquire" and self.is_fresh(call.func)

    def has_name_of(self, call: ast.Call, names: frozenset[str]) -> bool:
        """Whether one of the names, or an attribute called so, stands in the arguments."""
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        return any(
            isinstance(part, ast.expr) and last_name(part) in names
            for argument in given
            for part in ast.walk(argument)
        )

    def is_opened_here(self, last: str, function: ast.expr) -> bool:
        """Whether a method reads a file that its function itself has opened: the opening is what counts."""
        if last not in _FILE_READS:
            return False
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return False
        scope = self.place(function)[1]
        if scope.owner(function.value.id) is not scope:
            return False
        sites = [site for site in scope.bindings[function.value.id] if not isinstance(site, ast.arg)]
        values = [self.names.binding(site).value for site in sites]
        # `os.fdopen` takes what is open already: there the reading counts.
        return any(
            isinstance(value, ast.Name) or (isinstance(value, ast.Call) and last_name(value) != "fdopen")
            for value in values
        )

    def is_closed_at_once(self, call: ast.Call) -> bool:
        """Whether a call is `open(path, "w")` in `open(path, "w").close()`, which only makes the file."""
        method = self.parents.get(call)
        return (
            isinstance(method, ast.Attribute)
            and method.attr == "close"
            and isinstance(self.parents.get(method), ast.Call)
        )

    def is_of_this_machine(self, call: ast.Call) -> bool:
        """Whether a socket connects to a port of this machine, which answers or refuses at once."""
        if len(call.args) != 1:
            return False
        address: ast.expr | None = call.args[0]
        if isinstance(address, ast.Name):
            bindings = self.module.bindings(address)
            address = bindings[0].value if len(bindings) == 1 else None
        if not isinstance(address, ast.Tuple) or not isinstance(address.elts[0], ast.Constant):
            return False
        return address.elts[0].value in ("127.0.0.1", "::1", "localhost")

    def names_this_machine(self, call: ast.Call) -> bool:
        """Whether a look-up is given the machine's own name, which is mostly known without asking anybody."""
        asked = call.args[0] if call.args else None
        if not isinstance(asked, ast.Name):
            return self.gives_own_name(asked)
        bindings = self.module.bindings(asked)
        if not bindings:
            return False
        site = bindings[0].site
        if isinstance(site, ast.arg):
            given = self.given_in_module(site)
            return bool(given) and all(map(self.gives_own_name, given))
        return self.gives_own_name(bindings[0].value)

    def takes_only_what_is_there(self, call: ast.Call) -> bool:
        """Whether a download from a hub of models is told to look only at what has been fetched before."""
        return any(
            keyword.arg == _FROM_DISK and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            for keyword in call.keywords
        )

    def gives_own_name(self, value: ast.expr | None) -> bool:
        """Whether a value, or what the one binding of a name gives it, is the machine's own name."""
        if isinstance(value, ast.Name):
            bindings = self.module.bindings(value)
            value = bindings[0].value if len(bindings) == 1 else None
        return isinstance(value, ast.Call) and self.module.callee(value) in _OWN_NAMES

    def given_in_module(self, parameter: ast.arg) -> list[ast.expr | None]:
        """What the calls of a function in its module give for a parameter by its position; None for nothing."""
        arguments = self.parents.get(parameter)
        function = self.parents.get(arguments) if arguments is not None else None
        if not isinstance(arguments, ast.arguments) or not isinstance(function, ast.FunctionDef):
            return []
        positions = [*arguments.posonlyargs, *arguments.args]
        if parameter not in positions:
            return []
        position = positions.index(parameter)
        return [
            call.args[position] if position < len(call.args) else None
            for call in self.module.calls_named(function.name)
            if isinstance(call.func, ast.Name)
        ]

    def asks_for_own_address(self, call: ast.Call) -> bool:
        """Whether an address is looked up to listen at."""
        flags = self.module.argument(call, "flags", 5)
        return flags is not None and "AI_PASSIVE" in map(last_name, _parts(flags))

    def is_known_to_have_ended(self, call: ast.Call) -> bool:
        """Whether a process is waited for where `poll()` has just said that it has ended."""
        function = call.func
        if not isinstance(function, ast.Attribute):
            return False
        process = dotted(function.value)
        for ancestor in self.module.ancestors(call):
            test = ancestor.test if isinstance(ancestor, ast.If) else None
            if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot):
                asked = test.left
                if isinstance(asked, ast.Call) and last_name(asked.func) == "poll":
                    return dotted(asked.func).rpartition(".")[0] == process
        return False

    def is_after_end(self, call: ast.Call) -> bool:
        """Whether a pipe of a process is read in a function that asks for the process's end, or ends it."""
        pipe = call.func.value if isinstance(call.func, ast.Attribute) else None
        if not isinstance(pipe, ast.Attribute) or pipe.attr not in ("stdout", "stderr"):
            return False
        process = dotted(pipe.value)
        function = self.module.function_of(call)
        return any(
            self.module.function_of(asked) is function and dotted(asked.value) == process
            for name in _ENDING_OF_PROCESSES
            for asked in self.module.attributes_named(name)
        )

    def is_datagram_socket(self, function: ast.expr, owner: ast.AST) -> bool:
        """
        Whether a method is called on a socket for datagrams, whose `connect` only notes the other side.

        The kind may stand in the constructor, or come from an address that was asked for with that kind.
        """
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return False
        scope = self.place(function)[1]
        if scope.owner(function.value.id) is not scope:
            return False
        values = [self.names.binding(site).value for site in scope.bindings[function.value.id]]
        made = [value for value in values if isinstance(value, ast.Call) and last_name(value.func) == "socket"]
        if not made:
            return False
        if any(self.has_name_of(one, _DATAGRAMS) for one in made):
            return True
        if not isinstance(owner, FUNCTIONS):
            return False
        kinds = {one.attr for one in self.module.own_nodes(owner) if isinstance(one, ast.Attribute)}
        return not kinds.isdisjoint(_DATAGRAMS) and kinds.isdisjoint(_STREAMS)

    def is_fresh(self, function: ast.expr) -> bool:
        """Whether a method is called on what the function itself has just made: nobody else holds it."""
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return False
        scope = self.place(function)[1]
        owner = scope.owner(function.value.id)
        if owner is None or owner.kind is not ScopeKind.FUNCTION:
            return False
        sites = owner.bindings[function.value.id]
        return all(isinstance(self.names.binding(site).value, ast.Call) for site in sites)

    def is_known_to_be_ready(self, call: ast.Call) -> bool:
        """Whether a queue of processes is read where its reader is one of those that have something to read."""
        function = call.func
        readers = self.module.attributes_named("_reader")
        if not readers or not isinstance(function, ast.Attribute):
            return False
        queue = dotted(function.value)
        return any(
            isinstance(ancestor, ast.If)
            and any(part in readers and dotted(part.value) == queue for part in ast.walk(ancestor.test))  # type: ignore[attr-defined]
            for ancestor in self.module.ancestors(call)
        )


def _parts(expression: ast.expr) -> list[ast.expr]:
    """The operands of `a | b | c`; the expression itself for anything else."""
    if isinstance(expression, ast.BinOp):
        return [*_parts(expression.left), *_parts(expression.right)]
    return [expression]


def is_in_file_system_of_memory(named: ast.expr | None) -> bool:
    """
    Whether a path is a literal behind which there is no disk.

    That is one below `/proc`, `/sys` or `/dev`, or a token that the platform mounts from memory.
    """
    if isinstance(named, ast.JoinedStr) and named.values:
        named = named.values[0]
    path = named.value if isinstance(named, ast.Constant) else None
    return isinstance(path, str) and (
        path == "/proc"
        or path.startswith(("/dev/", "/proc/", "/sys/"))
        or (path.startswith("/") and path.endswith("/token"))
    )
