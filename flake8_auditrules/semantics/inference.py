"""
Inference: astroid, the court of appeal for the class of an object that nothing else explains.

astroid is imported with the first question: a run that asks nothing does not pay for it. It imports none of
what it reads, and it is shown the project and the standard library only: known libraries are put before it
as stand-ins made from the knowledge, all other packages as missing. So an answer does not depend on what
happens to be installed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from typing import Any

from flake8_auditrules.knowledge import aliases, returns
from flake8_auditrules.knowledge.blocking import LIBRARIES

Find = Callable[[str], str | None]
"""The file of a module of the project by its dotted name; None for a module that is not of the project."""

MOST_QUESTIONS = 20
MOST_CHARACTERS = 200_000
MOST_MODULES = 30
MOST_CHARACTERS_OF_MODULES = 400_000
"""
What one file may cost: questions, the length of a text that is still read, the modules of the project that are
read for it, and the length of them together. None of it is a time: what is answered once is answered always.
"""


class Inference:
    """
    What astroid says of the calls of one module.

    `text` is the module's source, `name` its dotted name, `path` its file, `find` the way to other modules of
    the project. `error` is what astroid last failed with; the answer is None then.
    """

    def __init__(self, text: str, name: str, path: str, find: Find) -> None:
        self._text = text
        self._name = name or "__main__"
        self._path = path
        self._find = find
        self._calls: dict[tuple[int, int, int | None, int | None], Any] | None = None
        self._questions = 0
        self.error: Exception | None = None

    @property
    def is_spent(self) -> bool:
        """Whether the file's budget is used up."""
        return self._questions >= MOST_QUESTIONS or len(self._text) > MOST_CHARACTERS

    def receiver_class(self, call: ast.Call) -> str | None:
        """
        The qualified class of the object whose method is called; `call` is of the tree of the module's text.

        None where astroid does not know, sees objects of several classes or fails, and once the budget is spent.
        """
        if self.is_spent:
            return None
        self._questions += 1
        try:
            return self._receiver_class(call)
        except Exception as error:
            self.error = error
            return None

    def _receiver_class(self, call: ast.Call) -> str | None:
        from astroid import nodes
        from astroid.bases import Instance

        if self._calls is None:
            tree = _Library.of_process().read(self._text, self._name, self._path, self._find)
            self._calls = {
                (one.lineno or 0, one.col_offset or 0, one.end_lineno, one.end_col_offset): one
                for one in tree.nodes_of_class(nodes.Call)
            }
        asked = self._calls.get((call.lineno, call.col_offset, call.end_lineno, call.end_col_offset))
        if asked is None or not isinstance(asked.func, nodes.Attribute):
            return None
        classes: set[str] = set()
        for one in asked.func.expr.infer():
            if isinstance(one, nodes.Const) and one.value is None:
                continue
            if not isinstance(one, Instance):
                return None
            classes.add(one.qname())
        return aliases.canonical(classes.pop()) if len(classes) == 1 else None


class _Library:
    """
    What astroid is shown in this process: it keeps one table of modules for all who use it.

    Made with the first question; the stand-ins for known libraries stay, the modules of a project go as soon as
    another file asks: what is answered for a file does not depend on those that were asked about before.
    """

    _only: _Library | None = None

    @classmethod
    def of_process(cls) -> _Library:
        """The one of this process."""
        if cls._only is None:
            cls._only = cls()
        return cls._only

    def __init__(self) -> None:
        from astroid.manager import AstroidManager

        self._manager: Any = AstroidManager()
        self._find: Find | None = None
        self._read = 0
        self._characters = 0
        self._stand_ins = stand_ins()
        unread = _Unread(self._is_read)
        # The table that new managers take their list from: astroid makes one wherever it needs one.
        AstroidManager.brain["module_denylist"] = unread
        self._manager.module_denylist = unread

    def _build(self, text: str, name: str, path: str) -> Any:
        from astroid.builder import AstroidBuilder

        return AstroidBuilder(self._manager).string_build(text, name, path)

    def read(self, text: str, name: str, path: str, find: Find) -> Any:
        """A module's tree by its text; the modules that it imports are looked up by `find`."""
        kept = self._manager.astroid_cache
        for old in [one for one in kept if not _is_standard(one) and one not in self._stand_ins]:
            del kept[old]
        self._find = find
        self._read = self._characters = 0
        return self._build(text, name, path)

    def _is_read(self, name: str) -> bool:
        """Whether astroid may read a module; one of the project is read here, whatever the search path says."""
        if _is_standard(name) or name in self._manager.astroid_cache:
            return True
        stand_in = self._stand_ins.get(name)
        if stand_in is not None:
            self._build(stand_in, name, f"<{name}>/__init__.py")
            return True
        path = self._find(name) if self._find is not None and self._read < MOST_MODULES else None
        if path is None:
            return False
        self._read += 1
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError):
            return False
        self._characters += len(text)
        if len(text) > MOST_CHARACTERS or self._characters > MOST_CHARACTERS_OF_MODULES:
            return False
        self._build(text, name, path)
        return True


class _Unread(set[str]):
    """The names of modules that astroid must not read, as the set that it looks them up in."""

    def __init__(self, is_read: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_read = is_read

    def __contains__(self, name: object) -> bool:
        return not (isinstance(name, str) and self._is_read(name))


def _is_standard(name: str) -> bool:
    top = name.partition(".")[0]
    return top in sys.stdlib_module_names or top in ("", "builtins")


def stand_ins() -> dict[str, str]:
    """Source texts that stand for the known libraries, by module: their classes, and functions that give them."""
    lines: dict[str, list[str]] = {}
    classes = {owner for library in LIBRARIES for owner in (*library.methods, *library.clients)}
    classes.update(returns.RETURNED.values())
    functions = [function for function in returns.RETURNED if function.rpartition(".")[0] not in classes]
    for name in sorted(classes):
        module, _, last = name.rpartition(".")
        if _is_module(module) and last.isidentifier():
            lines.setdefault(module, []).append(f"class {last}:\n    pass\n")
    for function in functions:
        module, _, last = function.rpartition(".")
        home, _, made = returns.RETURNED[function].rpartition(".")
        if function not in classes and _is_module(module) and made.isidentifier() and home in lines:
            lines.setdefault(module, []).append(
                f"def {last}(*arguments, **keywords):\n    import {home}\n    return {home}.{made}()\n"
            )
    for other, module in aliases.MODULES.items():
        if module in lines and _is_module(other):
            lines.setdefault(other, []).append(f"from {module} import *\n")
    for module in list(lines):
        while "." in module:
            module = module.rpartition(".")[0]
            lines.setdefault(module, [])
    return {module: "".join(parts) for module, parts in lines.items()}


def _is_module(name: str) -> bool:
    """Whether a dotted name reads like a module of an installed package, and not like a class of one."""
    return not _is_standard(name) and all(part.isidentifier() and part == part.lower() for part in name.split("."))
