"""AUD212: a temporary file or folder that stays on the disk."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import files
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.flow import ExitKind
from flake8_auditrules.semantics.programs import is_test_support
from flake8_auditrules.semantics.temporary import is_given_back, is_removed, left_behind, temporary_of


class LeakedTemporaryFile(Rule):
    """
    ## What it does
    Finds temporary files and folders (`mkdtemp`, `mkstemp`, `NamedTemporaryFile(delete=False)`) that the
    function itself removes, but not on every way out: not when a statement in between raises, or not on an
    early return. Where the function gives the path back, nobody has it when what fills the file raises.

    ## Why it matters
    Nothing else removes them. Each failure leaves one behind, with whatever data was in it, until the disk or
    the container's memory is full.

    ## When to silence it
    When the file is kept after a failure on purpose, for somebody to look at.
    """

    code = "AUD212"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    calls = frozenset({files.TEMPORARY_FOLDER, files.TEMPORARY_DESCRIPTOR, files.TEMPORARY_FILE})
    message = "`{call}` is left on the disk {when}; remove it in `finally` or use {cure}"
    examined = "temporary files that are removed at all are removed on every way out"

    bad = (
        """
        import shutil
        import tempfile

        def unpack(archive, read):
            folder = tempfile.mkdtemp()  # AUD212
            shutil.unpack_archive(archive, folder)
            found = read(folder)
            shutil.rmtree(folder)
            return found
        """,
        """
        import os
        import tempfile

        def convert(data, run):
            with tempfile.NamedTemporaryFile(delete=False) as file:  # AUD212
                file.write(data)
            if not run(file.name):
                return None
            os.unlink(file.name)
            return len(data)
        """,
    )
    good = (
        """
        import shutil
        import tempfile

        def unpack(archive, read):
            with tempfile.TemporaryDirectory() as folder:
                shutil.unpack_archive(archive, folder)
                return read(folder)
        """,
        """
        import os
        import tempfile

        def convert(data, run):
            file = tempfile.NamedTemporaryFile(delete=False)
            try:
                with file:
                    file.write(data)
                return len(data) if run(file.name) else None
            finally:
                os.unlink(file.name)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a temporary file that its function removes on some ways out only."""
        module = self.module
        if module.is_test or is_test_support(module):
            return
        temporary = temporary_of(module, node)
        if temporary is None or not (is_removed(module, temporary) or is_given_back(module, temporary)):
            return
        found = left_behind(module, temporary)
        if found is None:
            self.passed(node)
            return
        if found.kind is ExitKind.RAISE:
            when = f"when line {found.origin or found.line} raises"
        elif found.kind is ExitKind.AGAIN:
            when = "when the loop makes the next one"
        else:
            when = f"on the way out at line {found.line}"
        folder = module.callee(node) == files.TEMPORARY_FOLDER
        self.report(
            node,
            call=module.call_text(node),
            when=when,
            cure="`TemporaryDirectory`" if folder else "a `TemporaryDirectory` around it",
        )
