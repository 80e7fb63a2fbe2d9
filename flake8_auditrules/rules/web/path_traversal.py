"""AUD610: a request that names the path of a file."""

from __future__ import annotations

import ast

from flake8_auditrules.project.path_sinks import path_sinks
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step


class PathTraversal(Rule):
    """
    ## What it does
    Finds routes that open, serve, make, change or remove a file or folder whose path holds a free text of the
    request as it is: a query parameter, a `{name:path}` parameter, a field of the body (its model may be of
    another module), a header, or an upload's file name, also in a handler of Tornado; also in the functions of the
    project that the text, or the model that holds it, is handed to.

    Silent where the function looks at the text: a comparison, a pattern, `secure_filename`, `resolve` with
    `is_relative_to`, or a call that says that it checks; where a dependency of the route takes the same parameter;
    and for a field such as `directory` with which the path begins: it names a place of the server on purpose. A
    plain path parameter holds no slash: it counts only where `..` alone leads somewhere, as in
    `rmtree(base / name)` or `base / user / name`; to read one file beside the folder, `base / user / "notes.txt"`,
    hardly matters and is silent.

    ## Why it matters
    `?name=../../etc/passwd` leaves the folder, and so does `/etc/passwd`: joining drops all that stands before an
    absolute part. The client reads, overwrites or removes any file that the process can.

    ## When to silence it
    When only trusted callers reach the route.
    """

    code = "AUD610"
    severity = Severity.CRITICAL
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{value}` of the request leads `{call}` out of its folder; resolve the path, test `is_relative_to`"
    examined = "paths made of request values stay in their folder"
    reach = Reach.CALLEES
    imports = ("fastapi", "starlette", "flask", "quart", "aiohttp", "django", "rest_framework", "tornado")

    bad = (
        """
        from pathlib import Path

        from fastapi import FastAPI

        app = FastAPI()
        REPORTS = Path("reports")

        @app.get("/report")
        def report(name: str):
            return {"text": (REPORTS / name).read_text()}  # AUD610
        """,
        """
        import os
        import shutil

        from fastapi import FastAPI, UploadFile

        app = FastAPI()
        UPLOADS = "uploads"

        @app.post("/upload")
        def upload(file: UploadFile):
            target = os.path.join(UPLOADS, file.filename)
            with open(target, "wb") as out:  # AUD610
                shutil.copyfileobj(file.file, out)
            return {"stored": True}
        """,
    )
    good = (
        """
        from pathlib import Path

        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        REPORTS = Path("reports")

        @app.get("/report")
        def report(name: str):
            path = (REPORTS / name).resolve()
            if not path.is_relative_to(REPORTS.resolve()):
                raise HTTPException(404)
            return {"text": path.read_text()}
        """,
        """
        import shutil
        import uuid
        from pathlib import Path

        from fastapi import FastAPI, UploadFile

        app = FastAPI()
        UPLOADS = Path("uploads")

        @app.post("/upload")
        def upload(file: UploadFile):
            with open(UPLOADS / uuid.uuid4().hex, "wb") as out:
                shutil.copyfileobj(file.file, out)
            return {"stored": True}
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the paths that a route's request names."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the paths that a route's request names."""
        self._check(node)

    def _check(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for sink in path_sinks(self.project, self.module, node):
            if sink.is_free:
                step = Step(self.project.relative(sink.path), sink.line, sink.call)
                self.report(sink.node, steps=[step], value=sink.text, call=sink.call)
            else:
                self.passed(sink.node)
