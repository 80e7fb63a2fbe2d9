"""AUD205: the whole body of an answer from an arbitrary host, with no bound on its size."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import responses
from flake8_auditrules.project.callers import given_by_every_caller
from flake8_auditrules.project.command_calls import only_commands_call
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.origins import Origin, leading_part, origins
from flake8_auditrules.semantics.programs import is_test_support
from flake8_auditrules.semantics.responses import Response, response_of, url_of
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_BODIES = frozenset({"content", "aread", "read"})
# Names that speak of a size, or of a checksum by which the content is known.
_KNOWN_CONTENT = ("max", "limit", "sha256", "sha512", "checksum")
_WRITING = frozenset({"write", "write_bytes", "writelines", "writestr", "save", "put_object"})
_BUFFERS = frozenset({"io.BytesIO"})
_ARBITRARY = frozenset({Origin.PARAMETER, Origin.LOOP})


class UnboundedBody(Rule):
    """
    ## What it does
    Finds bodies of HTTP answers that are read whole, without a bound on their size, and written to a file or a
    buffer, where the URL is given by the caller: `.content`, `.read()` without a number, `await .aread()`.

    Silent where all callers of the function give it addresses that they write out.

    ## Why it matters
    Whoever chooses the URL chooses the size. One answer of some gigabytes fills the memory of the process, and
    a few at the same time stop the service. The server need not be hostile: a wrong link to a video will do.

    ## When to silence it
    When the URLs come from a closed list of hosts of one's own.
    """

    code = "AUD205"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    reach = Reach.PROJECT
    since = "0.1.0"
    calls = responses.FUNCTIONS | responses.METHODS | {responses.URLOPEN}
    message = "`{body}` reads the whole answer of `{url}` into memory; stream it and stop at a limit"
    examined = "bodies that are read whole come from a known address or have a limit"

    bad = (
        """
        import requests

        def download(url, target):
            response = requests.get(url, timeout=5)
            response.raise_for_status()
            target.write_bytes(response.content)  # AUD205
        """,
        """
        import urllib.request

        def download(url, target):
            with urllib.request.urlopen(url, timeout=5) as response:
                target.write(response.read())  # AUD205
        """,
    )
    good = (
        """
        import requests

        LIMIT = 10_000_000

        def download(url, target):
            size = 0
            with requests.get(url, timeout=5, stream=True) as response:
                response.raise_for_status()
                with open(target, "wb") as file:
                    for piece in response.iter_content(65536):
                        size += len(piece)
                        if size > LIMIT:
                            raise ValueError("the answer is too large")
                        file.write(piece)
        """,
        """
        import urllib.request

        LIMIT = 10_000_000

        def download(url, target):
            with urllib.request.urlopen(url, timeout=5) as response:
                target.write(response.read(LIMIT))
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a body that is read whole and kept."""
        module = self.module
        url = url_of(module, node)
        if module.is_test or url is None:
            return
        response = response_of(module, node)
        if response is None:
            return
        bodies = [use for use in response.attributes if use.attr in _BODIES and self._reads_whole(use)]
        kept = next((use for use in bodies if self._is_kept(use, response)), None)
        if kept is None:
            return
        if (
            not _is_arbitrary(module, url, response.function)
            or self._looks_at_size(response)
            or _is_text_of_its_own(module, node)
            or is_test_support(module)
            or self._is_told_written_out(url, response.function)
            or only_commands_call(self.project, module, response.function)
        ):
            self.passed(node)
            return
        read = module.parent(kept)
        shown = read if isinstance(read, ast.Call) and read.func is kept else kept
        self.report(shown, body=module.text(shown), url=module.text(url, 40))

    def _is_told_written_out(self, url: ast.expr, function: FunctionNode) -> bool:
        """Whether all callers of the function, and there is one, give it addresses that they write out."""
        part = leading_part(self.module, url)
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        if not isinstance(part, ast.Name) or part.id not in names or self.module.class_of(function) is not None:
            return False
        given = given_by_every_caller(self.project, self.module, function, part.id)
        return bool(given) and all(
            value is not None and _is_written_out(caller.module, value) for caller, value in given
        )

    def _reads_whole(self, use: ast.Attribute) -> bool:
        """Whether an attribute of a response gives the whole body (and not `read(n)`)."""
        parent = self.module.parent(use)
        called = isinstance(parent, ast.Call) and parent.func is use
        if use.attr == "content":
            return not called
        return called and isinstance(parent, ast.Call) and not parent.args and not parent.keywords

    def _is_kept(self, use: ast.Attribute, response: Response) -> bool:
        """Whether the body goes, at once or through one name, into a file or a buffer."""
        module = self.module
        value: ast.AST = use
        parent = module.parent(value)
        while isinstance(parent, ast.Await) or (isinstance(parent, ast.Call) and parent.func is value):
            value, parent = parent, module.parent(parent)
        if isinstance(parent, ast.Call) and value in parent.args:
            return self._keeps(parent)
        if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
            name = parent.targets[0].id
            return any(
                isinstance(call, ast.Call)
                and any(isinstance(part, ast.Name) and part.id == name for part in call.args)
                and self._keeps(call)
                for call in ast.walk(response.function)
            )
        return False

    def _keeps(self, call: ast.Call) -> bool:
        if self.module.callee(call) in _BUFFERS:
            return True
        return isinstance(call.func, ast.Attribute) and call.func.attr in _WRITING

    def _looks_at_size(self, response: Response) -> bool:
        """Whether the function looks at the size of the body, or knows by a checksum what it has to be."""
        for part in ast.walk(response.function):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                if part.value.lower() in ("content-length", "content_length"):
                    return True
            elif isinstance(part, (ast.Name, ast.Attribute)):
                name = part.attr if isinstance(part, ast.Attribute) else part.id
                if any(word in name.lower() for word in _KNOWN_CONTENT):
                    return True
        return False


def _is_written_out(module: Module, value: ast.expr) -> bool:
    """Whether a value is a text that stands in the module, or one of a table of texts that does."""
    if isinstance(value, ast.Constant):
        return True
    bindings = module.bindings(value) if isinstance(value, ast.Name) else []
    site = bindings[0].site if len(bindings) == 1 else None
    if site is not None and bindings[0].kind is BindingKind.ASSIGNMENT:
        return isinstance(bindings[0].value, ast.Constant)
    loop = module.enclosing(site, ast.For) if site is not None else None
    items = loop.iter if loop is not None and any(part is site for part in ast.walk(loop.target)) else None
    if isinstance(items, ast.Call) and isinstance(items.func, ast.Attribute) and not items.args:
        items = items.func.value
    tables = [binding.value for binding in module.bindings(items)] if isinstance(items, ast.Name) else [items]
    return bool(tables) and all(isinstance(table, (ast.Dict, ast.List, ast.Tuple)) for table in tables)


def _is_text_of_its_own(module: Module, call: ast.Call) -> bool:
    """Whether a test has found that the address is a `data:` one, which holds the body itself."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            tested = (part.value for part in ast.walk(ancestor.test) if isinstance(part, ast.Constant))
            if any(value in ("data", "data:") for value in tested):
                return True
        child = ancestor
    return False


def _has_usual_address(module: Module, function: FunctionNode, parameter: str) -> bool:
    """Whether the address is a parameter whose default is one: it is of one's own choice, and few change it."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return any(
        argument.arg == parameter
        and default is not None
        and isinstance(address := module.literal(default), str)
        and address.startswith("http")
        for argument, default in pairs
    )


def _is_arbitrary(module: Module, url: ast.expr, function: FunctionNode) -> bool:
    """Whether the URL as a whole is what the caller, or the data that a loop goes over, gives."""
    part = leading_part(module, url)
    if (
        not isinstance(part, ast.Name)
        or function.name.startswith("_")
        or _has_usual_address(module, function, part.id)
    ):
        return False
    if not any(binding.kind in (BindingKind.PARAMETER, BindingKind.LOOP) for binding in module.bindings(part)):
        return False
    return not origins(module, part).isdisjoint(_ARBITRARY)
