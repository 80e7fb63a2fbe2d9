"""AUD617: an absolute path of the server shown to the client."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import paths, web
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.exposure import Sink, carried, is_debug_guarded, leaving, texts_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.routes import status_of
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.server_paths import is_server_path, shown_path

_FIRST_ERROR = 400
# The keys under which documents tell of failures, whatever their status.
_ERRORS = frozenset({"detail", "error", "errors"})
# Methods of paths that go to the file system, beside those that only paths have.
_ASKING = ("mkdir", "open", "rename", "replace", "stat", "touch")
_FILE_ERRORS = frozenset(
    f"builtins.{name}"
    for name in (
        "FileExistsError",
        "FileNotFoundError",
        "IOError",
        "IsADirectoryError",
        "NotADirectoryError",
        "OSError",
        "PermissionError",
    )
)


class ServerPathInResponse(Rule):
    """
    ## What it does
    Finds errors told to the client, by their status or by the key `error` of a document, whose text holds a path
    that the server has chosen: below its working folder, that of its code, a temporary folder, a folder of its
    settings, or what a function of the project makes. The text of an `OSError` counts, which names the file, where
    the block opens such a one.

    ## Why it matters
    The client learns where the program lies, under which user it runs and how its files are named. It can use
    none of it; somebody who looks for a way in can.

    ## When to silence it
    When the clients work on the same machine and open the files themselves. What is no error is silent: a document
    with a path in it is made for somebody who wants to know the path.
    """

    code = "AUD617"
    severity = Severity.LOW
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{path}` shows the client where the server keeps its files, through {way}; send the name alone"
    examined = "answers show no path of the server"
    imports = web.FRAMEWORKS

    bad = (
        """
        from pathlib import Path

        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        REPORTS = Path(__file__).parent / "reports"

        @app.get("/reports/{number}")
        def report(number: int):
            file = REPORTS / f"{number}.txt"
            if not file.exists():
                raise HTTPException(404, detail=f"there is no {file}")  # AUD617
            return {"text": file.read_text()}
        """,
        """
        import os
        import tempfile

        from fastapi import FastAPI
        from fastapi.responses import JSONResponse

        app = FastAPI()
        INBOX = tempfile.mkdtemp()

        @app.delete("/inbox/{number}")
        def remove(number: int):
            path = os.path.join(INBOX, f"{number}.eml")
            if not os.path.exists(path):
                return JSONResponse({"error": f"{path} does not exist"}, status_code=404)  # AUD617
            os.remove(path)
            return {"removed": number}
        """,
    )
    good = (
        """
        from pathlib import Path

        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        REPORTS = Path(__file__).parent / "reports"

        @app.get("/reports/{number}")
        def report(number: int):
            file = REPORTS / f"{number}.txt"
            if not file.exists():
                raise HTTPException(404, detail=f"there is no {file.name}")
            return {"text": file.read_text()}
        """,
        """
        import os
        import tempfile

        from fastapi import FastAPI
        from fastapi.responses import JSONResponse

        app = FastAPI()
        INBOX = tempfile.mkdtemp()

        @app.delete("/inbox/{number}")
        def remove(number: int):
            path = os.path.join(INBOX, f"{number}.eml")
            if not os.path.exists(path):
                return JSONResponse({"error": f"{os.path.basename(path)} does not exist"}, status_code=404)
            os.remove(path)
            return {"removed": number}
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the answers of the module that show a path of the server."""
        module = self.module
        if module.is_test:
            return
        errors: dict[ast.AST, list[tuple[Sink, ast.expr]]] = {}
        for sink in leaving(module):
            for told in _told(module, sink):
                errors.setdefault(sink.node, []).append((sink, told))
        for place, texts in errors.items():
            shown = (shown_path(module, told) or _text_of_file_error(module, sink, told) for sink, told in texts)
            found = next((path for path in shown if path is not None), None)
            if found is None or is_debug_guarded(module, place):
                self.passed(place)
            else:
                self.report(place, path=module.text(found, 40), way=texts[0][0].way)


def _told(module: Module, sink: Sink) -> list[ast.expr]:
    """What of an answer is looked at: all of an error; of other documents what they call one."""
    if _is_error(module, sink):
        return [sink.value]
    value = sink.value
    if isinstance(value, ast.Name):
        bindings = module.bindings(value)
        value = (bindings[0].value if len(bindings) == 1 else None) or value
    if not isinstance(value, ast.Dict):
        return []
    pairs = zip(value.keys, value.values, strict=True)
    return [one for key, one in pairs if isinstance(key, ast.Constant) and key.value in _ERRORS]


def _is_error(module: Module, sink: Sink) -> bool:
    """Whether an answer tells the client of a failure: by its status, in Flask the one that stands beside it."""
    status = sink.status
    around = module.parent(sink.node)
    if isinstance(around, ast.Tuple) and len(around.elts) > 1 and around.elts[0] is sink.node:
        status = status_of(module, around.elts[1])
    return status is not None and status >= _FIRST_ERROR


def _text_of_file_error(module: Module, sink: Sink, told: ast.expr) -> ast.expr | None:
    """The text of an error of the file system, which names the file, where the block opens one of the server's."""
    handler = handlers.handler_of(module, sink.node)
    if handler is None or handler.name is None or not _FILE_ERRORS.issuperset(handlers.caught(module, handler)):
        return None
    names = texts_of(module, handler.body, frozenset({handler.name}))
    text = carried(told, names, module)
    if text is None or not any(
        isinstance(part, ast.Call) and _opens_server_file(module, part)
        for part in handlers.own_parts(handlers.try_of(module, handler).body)
    ):
        return None
    return text


def _opens_server_file(module: Module, call: ast.Call) -> bool:
    """Whether a call opens, makes, moves or removes a file or folder at a path that the server has chosen."""
    function = call.func
    place = paths.FUNCTIONS.get(module.qualname(function) or "")
    if place is not None:
        given = module.argument(call, *place)
        return given is not None and is_server_path(module, given) and not _is_given(module, given)
    return (
        isinstance(function, ast.Attribute)
        and function.attr in (*paths.METHODS, *_ASKING)
        and is_server_path(module, function.value)
        and not _is_given(module, function.value)
    )


def _is_given(module: Module, path: ast.expr) -> bool:
    """Whether a path lies below one that the function is given: perhaps by the client, which knows it then."""
    root = path
    while isinstance(root, (ast.Attribute, ast.BinOp, ast.Call)):
        if isinstance(root, ast.BinOp):
            root = root.left
        elif isinstance(root, ast.Call):
            root = root.func
        else:
            root = root.value
    return isinstance(root, ast.Name) and any(
        binding.kind is BindingKind.PARAMETER for binding in module.bindings(root)
    )
