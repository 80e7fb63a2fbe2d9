"""AUD206: the body of a response is taken for data whatever its status is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flake8_auditrules.knowledge import responses
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.names import assigned_target, calls_super, last_name, reads_as_class
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.responses import (
    Response,
    hands_back,
    response_of,
    sees_to_status,
    stored_bodies,
    uses_of_branch,
    written_bodies,
)
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import callers

_TELLING = pattern(r"err|fail|status|success|code|message|detail|ok$|result|exception", re.IGNORECASE)
_TOLERANT = frozenset(
    {
        "builtins.BaseException",
        "builtins.Exception",
        "builtins.KeyError",
        "builtins.LookupError",
        "builtins.TypeError",
        "builtins.ValueError",
        "json.JSONDecodeError",
        "json.decoder.JSONDecodeError",
        "requests.exceptions.JSONDecodeError",
        "requests.JSONDecodeError",
        "xml.etree.ElementTree.ParseError",
        "xml.parsers.expat.ExpatError",
        "yaml.YAMLError",
    }
)


class UncheckedResponse(Rule):
    """
    ## What it does
    Finds `.json()` of an HTTP response whose status nobody looks at: no `raise_for_status`, no `status_code`,
    `ok` or `is_success`, no hook of the client, no test for an error in the data. A body that is parsed as JSON,
    XML, HTML or YAML, encoded, or written to a file or a store, counts as well, and so do the events of a stream,
    and a response that a function of the module hands back as it is.

    ## Why it matters
    A 404, a 429 or a 500 often has a JSON body too. It is then taken for the answer: a missing key three
    functions later, an empty list that looks like "nothing found", or an error page that is kept as the file.

    ## When to silence it
    When the service answers 200 for everything and tells errors in a way that the rule cannot see.
    """

    code = "AUD206"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    calls = responses.FUNCTIONS | responses.METHODS | responses.STREAMS
    message = "`{data}` is taken for data whatever the status of `{call}` is; call `raise_for_status()` before"
    examined = "responses whose body is read have their status looked at"

    bad = (
        """
        import requests

        def rates(base):
            response = requests.get(f"{base}/rates", timeout=5)
            return response.json()["rates"]  # AUD206
        """,
        """
        import httpx

        async def names(base):
            async with httpx.AsyncClient(timeout=5) as client:
                response = await client.get(f"{base}/users")
                return [user["name"] for user in response.json()]  # AUD206
        """,
        """
        import requests

        MODELS = "https://models.example.com"

        def fetch(path):
            with open(path, "wb") as file:
                file.write(requests.get(f"{MODELS}/base.bin", timeout=5).content)  # AUD206
        """,
    )
    good = (
        """
        import requests

        def rates(base):
            response = requests.get(f"{base}/rates", timeout=5)
            response.raise_for_status()
            return response.json()["rates"]
        """,
        """
        import aiohttp

        async def names(base):
            async with aiohttp.ClientSession(raise_for_status=True) as session:
                async with session.get(f"{base}/users") as response:
                    return [user["name"] for user in await response.json()]
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report the first reading of a body whose response nobody looks at."""
        module = self.module
        if module.is_test or is_command_line(module):
            return
        # What the base class makes of a request may look at the status.
        if calls_super(node) or self._is_of_own_class(node):
            return
        response = response_of(module, node)
        if module.called(node, responses.STREAMS) is not None:
            if response is not None:
                self._look_at_events(node, response, node)
            return
        if response is not None:
            self._look_at(node, response, node)
            return
        function = hands_back(module, node)
        seen: set[FunctionNode] = module.keep("functions that hand responses back", lambda _: set())
        if function is not None and function not in seen and not _is_remote_call(function):
            seen.add(function)
            for call in callers(module, function).calls:
                response = response_of(module, call) if isinstance(call, ast.Call) else None
                if response is not None:
                    self._look_at(response.call, response, node)

    def _look_at(self, node: ast.Call, response: Response, request: ast.Call) -> None:
        """Report the first reading of the body of what a call gives, for which the request is sent."""
        module = self.module
        data = [use for use in response.attributes if use.attr in responses.DATA or self._parsing(use) is not None]
        if not data and self._look_at_events(node, response, request):
            return
        written = [] if data else [*written_bodies(module, response), *stored_bodies(module, response)]
        if not data and not written:
            return
        if (
            any(use.attr in responses.STATUS for use in (*response.attributes, *response.elsewhere))
            or sees_to_status(module, request) is not False
            or (data and self._tells_errors(response, data))
            or (data and not self._takes_anything(data) and any(self._is_guarded(use) for use in data))
            or (data and any(self._is_examined(name) for name in self._names_of(data)))
            or any(self._is_refused(self._read_of(use)) for use in data)
            or (written and any(use.attr == "headers" for use in response.attributes))
            or _is_remote_call(response.function)
            or (data and all(self._goes_on(use) for use in data) and self._is_looked_into(response))
        ):
            self.passed(node)
            return
        data = data or written
        first = min(data, key=lambda use: (use.end_lineno or use.lineno, use.end_col_offset or 0))
        read = module.parent(first)
        called = read if isinstance(read, ast.Call) and read.func is first else None
        shown_call = self._parsing(first) or called
        shown = module.call_text(shown_call) if shown_call is not None else module.text(first)
        self.report(first, data=shown, call=module.call_text(node))

    def _look_at_events(self, node: ast.Call, response: Response, request: ast.Call) -> bool:
        """Whether the function reads the events of a stream and skips other lines; it is reported or passed."""
        events = [use for use in response.attributes if self._reads_events(use)]
        if not events:
            return False
        if (
            any(use.attr in responses.STATUS for use in (*response.attributes, *response.elsewhere))
            or sees_to_status(self.module, request) is not False
            or self._tells_errors(response, events)
        ):
            self.passed(node)
        else:
            read = f"{self.module.text(events[0])}()"
            self.report(events[0], data=read, call=self.module.call_text(node))
        return True

    def _reads_events(self, use: ast.Attribute) -> bool:
        """Whether a loop takes the lines of a body that begin with `data:`, of which an error has none."""
        if use.attr not in responses.LINES:
            return False
        call = self.module.parent(use)
        loop = self.module.parent(call) if call is not None else None
        return isinstance(loop, (ast.For, ast.AsyncFor)) and any(
            isinstance(part, ast.Call)
            and last_name(part) == "startswith"
            and bool(part.args)
            and isinstance(part.args[0], ast.Constant)
            and str(part.args[0].value).startswith(("data:", "b'data:"))
            for part in ast.walk(loop)
        )

    def _parsing(self, use: ast.Attribute) -> ast.Call | None:
        """The call that makes data of a body's text: `json.loads(response.text)`."""
        module = self.module
        if use.attr not in responses.BODIES:
            return None
        value: ast.AST = use
        parent = module.parent(value)
        while isinstance(parent, ast.Await) or (isinstance(parent, ast.Call) and parent.func is value):
            value, parent = parent, module.parent(parent)
        if not isinstance(parent, ast.Call) or not parent.args or parent.args[0] is not value:
            return None
        return parent if module.callee(parent) in responses.PARSERS else None

    def _is_looked_into(self, response: Response) -> bool:
        """Whether a function of this module that calls this one looks into what it gets for an error."""
        return any(
            isinstance(caller := self.module.function_of(call), (ast.FunctionDef, ast.AsyncFunctionDef))
            and self._function_tells_errors(caller, [call])
            for call in callers(self.module, response.function).calls
        )

    def _goes_on(self, use: ast.Attribute) -> bool:
        """Whether the function returns the body as it is."""
        module = self.module
        read = self._read_of(use)
        parent = module.parent(read) if read is not None else None
        if isinstance(parent, ast.Return):
            return True
        if not isinstance(parent, ast.Assign) or not isinstance(parent.targets[0], ast.Name):
            return False
        name = parent.targets[0]
        function = module.function_of(name)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        uses = [one for one in module.names_in(function).get(name.id, ()) if isinstance(one.ctx, ast.Load)]
        returned = [one for one in uses if isinstance(module.parent(one), ast.Return)]
        others = [one for one in uses if one not in returned]
        return bool(returned) and all(isinstance(module.parent(one), ast.Call) for one in others)

    def _names_of(self, data: list[ast.Attribute]) -> Iterator[ast.Name]:
        """The reads of the variables that hold a body."""
        module = self.module
        for use in data:
            read = self._read_of(use)
            target = assigned_target(module.parent(read)) if read is not None else None
            function = module.function_of(use)
            if isinstance(target, ast.Name) and isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                uses = [
                    one for one in module.names_in(function).get(target.id, ()) if isinstance(one.ctx, ast.Load)
                ]
                yield from uses_of_branch(module, target, uses) or uses

    def _is_examined(self, name: ast.Name) -> bool:
        """Whether a use of a body answers one of another form: a handler, a test for nothing, who gets it."""
        module = self.module
        parent = module.parent(name)
        if self._is_refused(name) or (self._is_guarded(name) and not self._has_default(name)):
            return True
        if isinstance(parent, ast.Call) and name in parent.args:
            called = module.called_function(parent)
            return called is not None and self._function_tells_errors(called)
        if isinstance(parent, ast.Attribute) and parent.attr == "get":
            value = module.parent(module.parent(parent) or parent)
            child: ast.AST | None = parent
            while isinstance(value, (ast.BoolOp, ast.Compare, ast.NamedExpr, ast.UnaryOp)):
                child, value = value, module.parent(value)
            if isinstance(value, ast.If):
                ends = isinstance(value.body[-1], ast.Raise)
                compared = isinstance(child, ast.Compare) and isinstance(value.body[-1], ast.Return)
                return ends or compared or self._answers_what_is_missing(value)
            target = value.targets[0] if isinstance(value, ast.Assign) else None
            return isinstance(target, ast.Name) and self._is_missed(target)
        return False

    def _takes_anything(self, data: list[ast.Attribute]) -> bool:
        """Whether all that bodies are asked for has a default: a failure's JSON passes for an empty answer."""
        names = list(self._names_of(data))
        return bool(names) and all(self._has_default(name) for name in names)

    def _has_default(self, name: ast.Name) -> bool:
        """Whether a name is asked for a key that may be missing, `data.get("items", [])`, which is then kept."""
        module = self.module
        method = module.parent(name)
        if isinstance(method, ast.Subscript):
            return any(
                isinstance(ancestor, ast.If) and self._passes_over(ancestor, name)
                for ancestor in module.ancestors(name)
            )
        call = module.parent(method) if isinstance(method, ast.Attribute) and method.attr == "get" else None
        if not isinstance(call, ast.Call) or call.func is not method:
            return False
        test = module.parent(call)
        if isinstance(test, ast.If):
            return self._passes_over(test, name)
        if len(call.args) != 2:
            return False
        value: ast.AST | None = module.parent(call)
        while isinstance(value, (ast.Attribute, ast.Call)) and not isinstance(value, ast.expr_context):
            value = module.parent(value)
        target = value.targets[0] if isinstance(value, ast.Assign) else None
        return isinstance(target, (ast.Name, ast.Attribute)) and not (
            isinstance(target, ast.Name) and self._is_missed(target)
        )

    def _passes_over(self, test: ast.If, name: ast.Name) -> bool:
        """Whether a branch is entered where a body has something, and nothing is said where it has not."""
        asked = test.test
        return (
            isinstance(asked, ast.Call)
            and isinstance(asked.func, ast.Attribute)
            and asked.func.attr == "get"
            and isinstance(asked.func.value, ast.Name)
            and asked.func.value.id == name.id
            and not test.orelse
            and not isinstance(test.body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break))
        )

    def _read_of(self, use: ast.Attribute) -> ast.AST | None:
        """The expression that is the body: `response.json()`, awaited where that is so."""
        read: ast.AST | None = self._parsing(use) or self.module.parent(use)
        while read is not None and isinstance(parent := self.module.parent(read), ast.Await):
            read = parent
        return read

    def _is_refused(self, body: ast.AST | None) -> bool:
        """Whether a body is what a model is made of (`Order(**body)`), which refuses one of another form."""
        module = self.module
        given = module.parent(body) if body is not None else None
        call = module.parent(given) if isinstance(given, ast.keyword) and given.arg is None else given
        if not isinstance(call, ast.Call) or call.func is body:
            return False
        return last_name(call) in responses.VALIDATORS or (given is not call and reads_as_class(last_name(call)))

    def _answers_what_is_missing(self, test: ast.If) -> bool:
        """Whether the statement after an `if` whose body returns is a `raise`."""
        parent = self.module.parent(test)
        blocks = (getattr(parent, name, None) for name in ("body", "orelse", "finalbody"))
        block = next((block for block in blocks if isinstance(block, list) and test in block), [test])
        following = block[block.index(test) + 1 :]
        return isinstance(test.body[-1], ast.Return) and bool(following) and isinstance(following[0], ast.Raise)

    def _is_missed(self, target: ast.Name) -> bool:
        """Whether a test for nothing of a variable, alone or beside others, leads to a branch of its own."""
        function = self.module.function_of(target)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        return any(
            isinstance(node, ast.If) and any(part.id == target.id for part in _asked_for(node.test))
            for node in self.module.own_nodes(function)
        )

    def _is_of_own_class(self, call: ast.Call) -> bool:
        """Whether a session is of a class of the project, which may raise by itself."""
        receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
        made = self.module.instance_of(receiver) if receiver is not None else None
        return made is not None and made.partition(".")[0] not in responses.LIBRARIES

    def _tells_errors(self, response: Response, data: list[ast.Attribute]) -> bool:
        """Whether the function looks into the body for what tells an error, or asks what kind of thing it is."""
        return self._function_tells_errors(response.function, data)

    def _function_tells_errors(self, function: FunctionNode, data: Sequence[ast.AST] = ()) -> bool:
        """The same of a function; only what comes from `data` is looked at, where that is given."""
        names = _heirs(function, data)
        for statement in function.body:
            for part in ast.walk(statement):
                if not isinstance(part, (ast.Call, ast.Compare, ast.Subscript)):
                    continue
                if self._asks_after_errors(part, data) and (not data or _comes_from(part, data, names)):
                    return True
        return False

    def _asks_after_errors(self, part: ast.Call | ast.Compare | ast.Subscript, data: Sequence[ast.AST]) -> bool:
        if isinstance(part, ast.Call):
            if self.module.qualname(part.func) == "builtins.isinstance":
                return not data or (bool(part.args) and self._is_whole(part.args[0], data))
            if not isinstance(part.func, ast.Attribute) or not part.args:
                return False
            if len(part.args) == 2 and isinstance(part.args[1], ast.Dict) and _is_text(part.args[0], "message"):
                # That of a chat, which has parts of its own.
                return False
            return part.func.attr in ("get", "pop") and self._is_telling(part.args[0])
        if isinstance(part, ast.Compare):
            if any(self._is_telling(side) for side in (part.left, *part.comparators)):
                return True
            return self._asks_for_key(part, [one for one in data if isinstance(one, ast.Attribute)])
        return self._is_telling(part.slice)

    def _asks_for_key(self, comparison: ast.Compare, data: Sequence[ast.AST]) -> bool:
        """Whether a comparison is `"data" in response.json()`: an answer of another form is not taken for data."""
        if not isinstance(comparison.ops[0], (ast.In, ast.NotIn)) or not isinstance(comparison.left, ast.Constant):
            return False
        return self._is_whole(comparison.comparators[0], data)

    def _is_whole(self, asked: ast.expr, data: Sequence[ast.AST]) -> bool:
        """Whether an expression is a body as a whole, and not a part of it."""
        read = asked.value if isinstance(asked, ast.Await) else asked
        if isinstance(read, ast.Call) and isinstance(read.func, ast.Attribute) and read.func.attr == "keys":
            read = read.func.value
        if isinstance(read, ast.Call):
            return read in data or read.func in data or any(argument in data for argument in read.args)
        if not isinstance(read, ast.Name):
            return False
        return any(
            isinstance(binding.value, (ast.Await, ast.Call)) and self._is_whole(binding.value, data)
            for binding in self.module.bindings(read)
        )

    def _is_telling(self, expression: ast.expr) -> bool:
        return (
            isinstance(expression, ast.Constant)
            and isinstance(expression.value, str)
            and _TELLING.search(expression.value) is not None
        )

    def _is_guarded(self, use: ast.expr) -> bool:
        """Whether a handler is ready for a body of another form."""
        child: ast.AST = use
        for ancestor in self.module.ancestors(use):
            if isinstance(ancestor, ast.Try) and child in ancestor.body:
                for handler in ancestor.handlers:
                    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
                    if any(part is None or self.module.qualname(part) in _TOLERANT for part in types):
                        return True
            child = ancestor
        return False


def _is_text(expression: ast.expr, text: str) -> bool:
    return isinstance(expression, ast.Constant) and expression.value == text


def _asked_for(test: ast.expr) -> Iterator[ast.Name]:
    """The names whose truth, or whether they are None, a test asks for."""
    if isinstance(test, ast.BoolOp):
        for part in test.values:
            yield from _asked_for(part)
    elif isinstance(test, ast.UnaryOp):
        yield from _asked_for(test.operand)
    elif isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Is, ast.IsNot)):
        yield from _asked_for(test.left)
    elif isinstance(test, ast.Name):
        yield test


def _heirs(function: FunctionNode, data: Sequence[ast.AST]) -> set[str]:
    """The names of a function that hold something of what `data` reads."""
    names: set[str] = set()
    if not data:
        return names
    while True:
        found: set[str] = set()
        for node in ast.walk(function):
            targets: list[ast.expr] = []
            value: ast.expr | None = None
            if isinstance(node, ast.Assign):
                targets, value = node.targets, node.value
            elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
                targets, value = [node.target], node.value
            elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
                targets, value = [node.target], node.iter
            if value is not None and _comes_from(value, data, names):
                found.update(
                    name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
                )
        if found <= names:
            return names
        names |= found


def _comes_from(part: ast.AST, data: Sequence[ast.AST], names: set[str]) -> bool:
    """Whether an expression reads a body or one of the names that hold something of it."""
    return any(
        node in data or (isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load))
        for node in ast.walk(part)
        if isinstance(node, (ast.Attribute, ast.Call, ast.Name))
    )


def _is_remote_call(function: ast.AST) -> bool:
    """Whether a function sends a method and its parameters (JSON-RPC): errors come in the body, for others."""
    return any(
        isinstance(part, ast.Dict)
        and {"method", "params"}.issubset(key.value for key in part.keys if isinstance(key, ast.Constant))
        for part in ast.walk(function)
    )
