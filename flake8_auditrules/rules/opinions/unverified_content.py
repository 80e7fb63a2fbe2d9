"""AUD912: a download that is taken for a picture because its name says so."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import responses
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.responses import response_of, url_of, written_bodies
from flake8_auditrules.semantics.scopes import FunctionNode

_EXTENSION = pattern(
    r"\.(avi|bmp|docx?|epub|flac|gif|ico|jpe?g|m4a|mkv|mov|mp3|mp4|ogg|pdf|png|svg|tiff?|wav|webm|webp|xlsx?|zip)$",
    re.IGNORECASE,
)
# What looks at the bytes or their declared type.
_LOOKING = pattern(
    r"content_?-?(?:type|disposition)|mime|magic|imghdr|sniff|filetype|verify|is_image|is_pdf|is_zipfile|identify_format|from_buffer",
    re.IGNORECASE,
)
_OPENING = frozenset(
    {"PIL.Image.open", "zipfile.ZipFile", "zipfile.is_zipfile", "imghdr.what", "puremagic.from_string"}
)


class UnverifiedContent(Rule):
    """
    ## What it does
    Finds response bodies that a function writes to a file with an extension of its own (`.jpg`, `.mp3`, `.pdf`),
    without a look at the type that the server declares or at the bytes, where the address is not fixed either.

    ## Why it matters
    A page "not found", a login form or an HTML error has status 200 often enough. It is kept as a picture, and
    what opens it later fails far from the cause; or it is served to others under a type that it is not.

    ## When to silence it
    When whoever reads the file finds out what it is.
    """

    code = "AUD912"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    calls = responses.FUNCTIONS | responses.METHODS
    message = "`{data}` is kept as `{extension}` whatever it is; look at its `Content-Type` or its first bytes"
    examined = "bodies that are kept under a type are of that type"

    bad = (
        """
        import requests

        def keep_cover(number, folder, server="https://covers.example.org"):
            response = requests.get(f"{server}/{number}", timeout=10)
            response.raise_for_status()
            with open(f"{folder}/cover.jpg", "wb") as file:
                file.write(response.content)  # AUD912
        """,
    )
    good = (
        """
        import requests

        def keep_cover(number, folder, server="https://covers.example.org"):
            response = requests.get(f"{server}/{number}", timeout=10)
            response.raise_for_status()
            if not response.headers.get("Content-Type", "").startswith("image/jpeg"):
                raise ValueError(f"cover {number} is no JPEG")
            with open(f"{folder}/cover.jpg", "wb") as file:
                file.write(response.content)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report the first body of a request that goes into a file of a type that nobody has looked for."""
        module = self.module
        if module.is_test:
            return
        response = response_of(module, node)
        if response is None:
            return
        written = next(written_bodies(module, response), None)
        url = url_of(module, node)
        if written is None or url is None or isinstance(module.literal(url), str):
            return
        extension = self._extension(response.function)
        if extension is None:
            return
        if self._is_looked_at(response.function):
            self.passed(node)
        else:
            self.report(written, data=module.text(written), extension=extension)

    def _extension(self, function: FunctionNode) -> str | None:
        """The extension that the function gives its file: the same one on every way."""
        found = {
            match[0].lower()
            for part in self.module.own_nodes(function)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
            for match in [_EXTENSION.search(part.value)]
            if match is not None
        }
        return found.pop() if len(found) == 1 else None

    def _is_looked_at(self, function: FunctionNode) -> bool:
        """Whether anything in the function asks of which type the body is."""
        module = self.module
        for part in module.own_nodes(function):
            if isinstance(part, ast.Call) and module.callee(part) in _OPENING:
                return True
            text = (
                part.attr
                if isinstance(part, ast.Attribute)
                else part.id
                if isinstance(part, ast.Name)
                else part.value
                if isinstance(part, ast.Constant)
                else None
            )
            if isinstance(text, str) and _LOOKING.search(text):
                return True
        return False
