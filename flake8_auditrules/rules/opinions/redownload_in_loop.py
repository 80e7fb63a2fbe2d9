"""AUD911: files that every run loads again, whether they have changed or not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import responses
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.responses import response_of, url_of, written_bodies
from flake8_auditrules.semantics.scopes import FunctionNode

# Names, fields of headers and texts of a function that asks whether a file is there or has changed, or whose
# files are new each time: kept for a while, or named after the time.
_ASKING = pattern(
    r"exist|is_?file|getsize|getmtime|\bstat\b|st_(?:size|mtime)|etag|none[-_]?match|modified|content[-_]?length"
    r"|\b304\b|cache|skip|overwrit|force|refresh|checksum|digest|\bhash|md5|\bsha\d|already|missing|downloaded"
    r"|fresh|stale|expire|max_?age|tempfile|tmp|\bnow\b|utcnow|today|timestamp|strftime|uuid",
    re.IGNORECASE,
)
_LOADING = frozenset({"get", "stream"})


class RedownloadInLoop(Rule):
    """
    ## What it does
    Finds loops that load one address after the other, and keep each body in a file, in functions that ask neither
    whether the file is there already nor, by its `ETag`, its date or its size, whether it has changed.

    ## Why it matters
    Every run loads everything again: the run takes as long as the first one, whoever serves the files sees the
    same requests day after day and throttles or bans the caller, and a run that stops halfway begins anew.

    ## When to silence it
    When the files change between any two runs, or there is only ever one run.
    """

    code = "AUD911"
    severity = Severity.LOW
    category = Category.PERFORMANCE
    since = "0.1.0"
    calls = responses.FUNCTIONS | responses.METHODS | responses.STREAMS
    message = "`{call}` loads on each run what the last one kept; ask for the file first, or send `If-None-Match`"
    examined = "loops that keep downloads ask for what is new alone"

    bad = (
        """
        import requests

        def keep_covers(numbers, folder, server="https://covers.example.org"):
            for number in numbers:
                response = requests.get(f"{server}/{number}", timeout=10)  # AUD911
                response.raise_for_status()
                (folder / f"{number}.jpg").write_bytes(response.content)
        """,
    )
    good = (
        """
        import requests

        def keep_covers(numbers, folder, server="https://covers.example.org"):
            for number in numbers:
                cover = folder / f"{number}.jpg"
                if cover.exists():
                    continue
                response = requests.get(f"{server}/{number}", timeout=10)
                response.raise_for_status()
                cover.write_bytes(response.content)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a request in a loop whose body goes into a file, where the function asks nothing before."""
        module = self.module
        loop = module.loop_of(node)
        if module.is_test or not isinstance(loop, (ast.For, ast.AsyncFor)) or not _is_load(node):
            return
        url = url_of(module, node)
        response = response_of(module, node)
        if url is None or response is None or next(written_bodies(module, response), None) is None:
            return
        # A loop that asks the same address each turn tries again until it succeeds.
        if not _changes_with(module, url, loop):
            return
        if any(_ASKING.search(text) for text in _texts(module, response.function)):
            self.passed(node)
        else:
            self.report(node, call=module.call_text(node))


def _is_load(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _LOADING


def _changes_with(module: Module, url: ast.expr, loop: ast.For | ast.AsyncFor) -> bool:
    """Whether an address has a part that the loop binds: its target, or what its block makes."""
    return any(
        isinstance(part, ast.Name) and any(loop in module.ancestors(site) for site in module.sites_of(part))
        for part in ast.walk(url)
    )


def _texts(module: Module, function: FunctionNode) -> Iterator[str]:
    """The names, attributes, arguments, numbers and texts of a function, and its own name."""
    yield function.name
    for node in module.own_nodes(function):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword):
            # How long a request may take says nothing of the file.
            if node.arg is not None and node.arg != "timeout":
                yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, (str, int)):
            yield str(node.value)
    for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
        yield argument.arg
