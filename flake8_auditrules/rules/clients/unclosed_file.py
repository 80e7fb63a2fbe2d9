"""AUD211: a file that is not closed on some way out."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import files
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.files import opens_path
from flake8_auditrules.semantics.flow import ExitKind, Raising
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.ownership import (
    Outcome,
    Owned,
    is_closed_by_class,
    is_ended,
    is_handed_over,
    is_needed_to_the_end,
    is_reached,
    left_open,
    owned_by,
    uses_of,
)
from flake8_auditrules.semantics.programs import (
    in_main_guard,
    is_build_script,
    is_main_function,
    is_part_of_command_line,
    is_script,
    is_terminal_program,
)
from flake8_auditrules.semantics.unwaited import is_never_waited_for

_PROCESS = "subprocess.Popen"
_IMAGE = files.Opener(path="fp")
_TEMPORARY = frozenset({"tempfile.NamedTemporaryFile", "tempfile.TemporaryFile"})


class UnclosedFile(Rule):
    """
    ## What it does
    Finds files, archives, temporary files and images that are opened and not closed on some way out of the
    function: never, on an early return, or when a statement in between raises. Files that are returned,
    stored, given to a call that may keep them, or entered by `with` are left alone, and so is what a script opens
    in one expression at its top level, in its `main`, or anywhere if it lies in a folder of scripts, and what a
    command or script leaves open as it fails. Processes too whose output a function reads through a pipe
    (`Popen(..., stdout=PIPE)`), and for which it never waits.

    ## Why it matters
    Each open file holds a descriptor until the garbage collector comes by, and an error's traceback keeps it
    even longer. A server runs out of descriptors, Windows refuses to delete the file, and what was written may
    still sit in the buffer when the next reader opens the file.

    ## When to silence it
    In a short program whose end closes everything.
    """

    code = "AUD211"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    calls = frozenset({*files.OPENERS, files.IMAGE, _PROCESS})
    message = "`{call}` is {fact}; use `with`"
    examined = "opened files are closed or handed on"

    bad = (
        """
        import json

        def read_settings(path):
            return json.load(open(path))  # AUD211
        """,
        """
        def read_header(path):
            file = open(path, encoding="utf-8")  # AUD211
            header = file.readline()
            if not header:
                return None
            file.close()
            return header.split(",")
        """,
        """
        from pathlib import Path

        from PIL import Image

        def size_of(path: Path):
            return Image.open(path).size  # AUD211
        """,
    )
    good = (
        """
        import json

        def read_settings(path):
            with open(path) as file:
                return json.load(file)
        """,
        """
        def read_header(path):
            file = open(path, encoding="utf-8")
            try:
                header = file.readline()
                return header.split(",") if header else None
            finally:
                file.close()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an opened file that stays open on some path."""
        module = self.module
        callee = module.called(node, self.calls) or ""
        if callee == _PROCESS:
            self._look_at_process(node)
            return
        opener = files.OPENERS.get(callee, _IMAGE)
        if not opens_path(module, node, opener) or _is_nothing(module, node):
            return
        owned = owned_by(module, node, opener.closers)
        if owned.outcome is Outcome.INLINE and _is_step_of_script(module, node):
            self.passed(node)
            return
        if callee in _TEMPORARY and _is_only_filled(module, owned, opener.closers):
            self.passed(node)
            return
        fact = self._image_fact(owned) if callee == files.IMAGE else self._fact(owned, opener.closers)
        if fact is None:
            self.passed(node)
            return
        if is_reached(module, owned):
            self.report(node, call=module.call_text(node), fact=fact)

    def _look_at_process(self, node: ast.Call) -> None:
        """Report a process whose output is read, and that nobody waits for: its pipes and its entry stay."""
        module = self.module
        is_left = is_never_waited_for(module, node) and not is_main_function(module, node)
        if is_left and not is_terminal_program(module):
            self.report(node, call=module.call_text(node), fact="never waited for, and its pipes are never closed")
        else:
            self.passed(node)

    def _fact(self, owned: Owned, closers: tuple[str, ...]) -> str | None:
        if owned.outcome in (Outcome.INLINE, Outcome.DROPPED):
            return "never closed"
        if owned.outcome is Outcome.ATTRIBUTE:
            return self._kept_fact(owned, closers)
        if owned.outcome is not Outcome.LOCAL:
            return None
        if any(self._is_standard_stream(use) for use in uses_of(self.module, owned)):
            return None
        if not is_ended(self.module, owned, closers):
            return None if is_needed_to_the_end(self.module, owned) else "never closed"
        # What is made for others is closed by them; only a way out that the code itself chose counts there.
        raising = Raising.EXPLICIT if is_handed_over(self.module, owned, closers) else Raising.CALLS
        found = left_open(self.module, owned, closers, raising=raising)
        if found is None:
            return None
        if found.kind is ExitKind.AGAIN:
            return "opened again while the one before is still open"
        if found.kind is ExitKind.RAISE:
            return (
                None
                if self.project.ends_with_failure(self.module)
                else f"not closed when line {found.origin} raises"
            )
        return f"not closed on the way out at line {found.line}"

    def _is_standard_stream(self, use: ast.Name) -> bool:
        """Whether a file takes the place of one of the process's streams: `os.dup2(file.fileno(), 1)`."""
        method = self.module.parent(use)
        asked = self.module.parent(method) if isinstance(method, ast.Attribute) else None
        given = self.module.parent(asked) if isinstance(asked, ast.Call) else None
        return isinstance(given, ast.Call) and self.module.callee(given) == "os.dup2"

    def _kept_fact(self, owned: Owned, closers: tuple[str, ...]) -> str | None:
        holder = self.module.class_of(owned.function) if owned.function is not None else None
        if holder is None or is_closed_by_class(self.module, holder, owned.attribute, closers) is not False:
            return None
        return f"kept in `{owned.attribute}`, which nothing in `{holder.name}` closes"

    def _image_fact(self, owned: Owned) -> str | None:
        """Of an image, only the case in which nothing but its header is read: that never loads it."""
        module = self.module
        if owned.outcome is Outcome.INLINE:
            parent = module.parent(owned.call)
            header = isinstance(parent, ast.Attribute) and parent.attr in files.IMAGE_HEADER
            return "never loaded or closed" if header else None
        if owned.outcome is not Outcome.LOCAL:
            return None
        uses = [module.parent(use) for use in uses_of(module, owned)]
        if uses and all(isinstance(use, ast.Attribute) and use.attr in files.IMAGE_HEADER for use in uses):
            return "never loaded or closed"
        return None


def _is_step_of_script(module: Module, call: ast.Call) -> bool:
    """Whether a command, or a script that is run for itself, opens a file once, for one expression: it ends."""
    if is_build_script(module):
        return True
    if module.loop_of(call) is not None:
        return False
    if is_part_of_command_line(module):
        return True
    if module.function_of(call) is None:
        return in_main_guard(module, call) or is_terminal_program(module)
    return is_main_function(module, call) or is_script(module)


def _is_nothing(module: Module, call: ast.Call) -> bool:
    """Whether a call opens `os.devnull`: it stands for no output, as a rule for as long as the program runs."""
    return bool(call.args) and module.qualname(call.args[0]) == "os.devnull"


def _is_only_filled(module: Module, owned: Owned, closers: tuple[str, ...]) -> bool:
    """Whether the next statements only write what is at hand into a new file and close it."""
    if owned.outcome is not Outcome.LOCAL:
        return False
    parent = module.parent(owned.statement)
    body: list[ast.stmt] = getattr(parent, "body", [])
    if owned.statement not in body:
        return False
    following = body[body.index(owned.statement) + 1 :]
    if following and isinstance(following[0], ast.Try):
        following = following[0].body
    for statement in following:
        call = statement.value if isinstance(statement, ast.Expr) else None
        function = call.func if isinstance(call, ast.Call) else None
        if not isinstance(call, ast.Call) or not isinstance(function, ast.Attribute):
            return False
        if not isinstance(function.value, ast.Name) or function.value.id not in owned.names:
            return False
        if function.attr in closers:
            return True
        if function.attr not in ("write", "flush") or not all(_is_at_hand(one) for one in call.args):
            return False
    return False


def _is_at_hand(value: ast.expr) -> bool:
    """Whether a value is there already, but for its encoding."""
    return not any(
        isinstance(part, (ast.Call, ast.Await))
        and not (
            isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "encode"
        )
        for part in ast.walk(value)
    )
