"""AUD624: a text that anybody chooses, as it is in a header of the answer, which takes Latin-1 alone."""

from __future__ import annotations

import ast

from flake8_auditrules.project.free_headers import free_headers
from flake8_auditrules.rule import Category, Reach, Rule, Severity


class RawHeaderText(Rule):
    """
    ## What it does
    Finds headers of answers (FastAPI, Starlette, Flask) that take in a text as it is which a client or a user has
    chosen: a parameter of the route, the name of an uploaded file, the title or name of a row. Most often it is
    the file name in `Content-Disposition`.

    What only keeps letters and digits (`re.sub(r"[^\\w]", "_", name)`, `c.isalnum()`) keeps those of all
    alphabets. Silent where the text is quoted, encoded or asked for `isascii()`, and where the route uses a
    parameter for anything else: it may know it then.

    ## Why it matters
    Headers are written in Latin-1. For any other character, a Polish or Chinese letter, a dash, an emoji, the
    answer raises `UnicodeEncodeError`: the download of that one document is a 500 for ever. A quotation mark in
    the name ends the parameter.

    ## When to silence it
    When something else makes sure that these texts are ASCII.
    """

    code = "AUD624"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.CALLEES
    imports = ("fastapi", "starlette", "flask")
    message = (
        "`{value}` goes raw into the header `{header}`, which raises for all but Latin-1; quote it (RFC 6266)"
    )
    examined = "texts in headers are quoted or known"

    bad = (
        """
        from fastapi import FastAPI, Response

        app = FastAPI()

        @app.get("/reports")
        def report(title: str):
            headers = {"Content-Disposition": f'attachment; filename="{title}.csv"'}
            return Response("a,b", headers=headers)  # AUD624
        """,
        """
        import re

        from fastapi import FastAPI, Response

        app = FastAPI()

        @app.get("/reports")
        def report(title: str):
            safe = re.sub(r"[^\\w.-]", "_", title)
            return Response("a,b", headers={"Content-Disposition": f"attachment; filename={safe}.csv"})  # AUD624
        """,
    )
    good = (
        """
        from urllib.parse import quote

        from fastapi import FastAPI, Response

        app = FastAPI()

        @app.get("/reports")
        def report(title: str):
            headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(title)}.csv"}
            return Response("a,b", headers=headers)
        """,
        """
        import re

        from fastapi import FastAPI, Response

        app = FastAPI()

        @app.get("/reports")
        def report(title: str):
            safe = re.sub(r"[^A-Za-z0-9.-]", "_", title)
            return Response("a,b", headers={"Content-Disposition": f"attachment; filename={safe}.csv"})
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report each header of the module once, with the first text in it that may hold any character."""
        if self.module.is_test:
            return
        told: set[tuple[ast.AST, str]] = set()
        for value, is_free in free_headers(self.project, self.module):
            place = (value.site, value.name)
            if is_free and value.part is not None and place not in told:
                told.add(place)
                self.report(value.site, value=self.module.text(value.part, 40), header=value.name)
            elif not is_free:
                self.passed(value.site)
