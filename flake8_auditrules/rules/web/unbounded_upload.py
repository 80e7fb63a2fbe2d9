"""AUD604: an upload or a body that is read whole, whatever its size."""

from __future__ import annotations

import ast

from flake8_auditrules.project.uploads import upload_reads
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step


class UnboundedUpload(Rule):
    """
    ## What it does
    Finds routes of FastAPI that take a whole upload into memory before anything has looked at its size:
    `await file.read()`, `file.file.read()` and a parameter `bytes = File()`, also in the functions of the project
    that the upload is handed to, and `await request.body()`, also in a middleware; and routes of Flask that
    `read()` a file of `request.files`. A test of `len(content)` comes too late: the content is there already.

    Silent where a body is only read as JSON, as every request model is, where a signature of it is checked, as
    webhooks need it, where the size is asked before, where the read has a number of bytes, where a dependency,
    decorator or middleware looks at the size or may do so by its name, and where the project gives `max_body_size`
    or, for Flask, `MAX_CONTENT_LENGTH`, or makes no application of Flask itself.

    ## Why it matters
    Neither Starlette, Flask nor the usual servers limit the size of a body or of a file in a form. Both keep a big
    upload on disk; `read()` brings it into memory as a whole, and a few clients who send gigabytes at once end the
    process.

    ## When to silence it
    When a proxy in front of every installation refuses large bodies.
    """

    code = "AUD604"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{read}` takes the whole {what} into memory, whatever its size; {cure}"
    examined = "uploads that are read whole have a limit"
    reach = Reach.PROJECT
    imports = ("fastapi", "starlette", "flask")

    bad = (
        """
        from fastapi import FastAPI, UploadFile

        app = FastAPI()

        @app.post("/lines")
        async def lines(file: UploadFile):
            content = await file.read()  # AUD604
            return {"lines": content.count(b"\\n")}
        """,
        """
        from fastapi import FastAPI, File

        app = FastAPI()

        @app.post("/lines")
        async def lines(content: bytes = File()):  # AUD604
            return {"lines": content.count(b"\\n")}
        """,
    )
    good = (
        """
        from fastapi import FastAPI, HTTPException, UploadFile

        app = FastAPI()
        LIMIT = 1_000_000

        @app.post("/lines")
        async def lines(file: UploadFile):
            content = await file.read(LIMIT + 1)
            if len(content) > LIMIT:
                raise HTTPException(413, "too large")
            return {"lines": content.count(b"\\n")}
        """,
        """
        from fastapi import FastAPI, HTTPException, UploadFile

        app = FastAPI()
        LIMIT = 1_000_000

        @app.post("/lines")
        async def lines(file: UploadFile):
            if file.size is None or file.size > LIMIT:
                raise HTTPException(413, "too large")
            content = await file.read()
            return {"lines": content.count(b"\\n")}
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the uploads that a route reads whole."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the uploads that a route reads whole."""
        self._check(node)

    def _check(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if self.module.is_test:
            return
        for read in upload_reads(self.project, self.module, node):
            if read.is_limited:
                self.passed(read.node)
                continue
            if read.is_body:
                cure = "test `content-length` before, or read `request.stream()` with a limit"
            elif isinstance(read.node, ast.arg):
                cure = "take an `UploadFile` and test its `size`"
            else:
                cure = "test `size` before, or read with a limit"
            self.report(
                read.node,
                steps=(Step(self.project.relative(read.path), read.line, read.text),),
                read=read.text,
                what="body" if read.is_body else "upload",
                cure=cure,
            )
