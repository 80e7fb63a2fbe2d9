"""AUD213: a state file is written over in place."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.programs import is_test_support
from flake8_auditrules.semantics.state_files import overwritten, rewritten


class TornWrite(Rule):
    """
    ## What it does
    Finds state, cache and settings files that are overwritten in place (`open(path, "w")`, `write_text`) and
    that the same class or module reads: the path is the same attribute, constant or setting (or what a parameter
    stands for where nobody gives it), it is made in the same way for a record that is read, changed and written
    back, or one function reads and then writes the file that its own variable names.

    ## Why it matters
    Opening with "w" empties the file first. A crash, a full disk or a killed container in the middle leaves
    half a file, and the next start reads it. Another process that reads at that moment gets the half as well.

    ## When to silence it
    When the content can be made anew at any time and the reader copes with half of it.
    """

    code = "AUD213"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    call_names = ("open", "write_text", "write_bytes")
    message = "`{call}` overwrites in place what `{reader}` reads; write a temporary file and `os.replace` it"
    examined = "files that are read and written here are never overwritten in place"

    bad = (
        """
        import json

        class Checkpoint:
            def __init__(self, path):
                self.path = path

            def load(self):
                with open(self.path) as file:
                    return json.load(file)

            def save(self, state):
                with open(self.path, "w") as file:  # AUD213
                    json.dump(state, file)
        """,
    )
    good = (
        """
        import json
        import os

        class Checkpoint:
            def __init__(self, path):
                self.path = path

            def load(self):
                with open(self.path) as file:
                    return json.load(file)

            def save(self, state):
                staged = f"{self.path}.new"
                with open(staged, "w") as file:
                    json.dump(state, file)
                os.replace(staged, self.path)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the files that are overwritten although others read them."""
        if self.module.is_test:
            return
        found = overwritten(self.module)
        if found and (is_test_support(self.module) or self.project.is_script(self.module)):
            return
        for call, reader in found.items():
            self.report(call, call=self.module.text(call, 50), reader=reader.function.name)
        self.passed_others(rewritten(self.module))
