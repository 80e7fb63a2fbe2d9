"""Shown pages: what a function puts on the page that the client's browser shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.exposure import Sink
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_NAMES = frozenset(name.rpartition(".")[2] for name in (*web.NOTICES, *web.TEMPLATES)) | {"close"}
# Names that loggers have as well; only Django's messages are called so here.
_OF_LOGGERS = frozenset({"error", "info", "success", "warning"})
# Where somebody sets up what he has installed: what went wrong is what he asks for.
_SETTING_UP = pattern(
    r"(?:^|[._])(?:install(?:er)?|set_?up(?:_?wizard)?|validate|wizard)(?:[._]|$)", re.IGNORECASE
)
_TRYING = pattern(r"(?:^|_)(?:set_?up|validate|wizard)(?:_|$)")
# The method of the templates of Starlette, whatever the object that holds them is called.
_RENDERING = "TemplateResponse"


def shown_on_pages(module: Module, parts: Iterable[ast.AST]) -> Iterator[Sink]:
    """
    The places among some nodes where something is shown on a page: notices, events, and the values of templates.

    None in the administration of Django, whose pages only the staff sees, nor where something is set up.
    """
    names = _NAMES if module.imports("django") else _NAMES - _OF_LOGGERS
    calls = [part for part in parts if isinstance(part, ast.Call) and last_name(part) in names]
    if not calls or module.name.rpartition(".")[2] == "admin" or _SETTING_UP.search(module.name) is not None:
        return
    for call in calls:
        holder, function = module.enclosing(call, ast.ClassDef), module.function_of(call)
        if holder is not None and "Admin" in holder.name:
            continue
        if _TRYING.search(getattr(function, "name", "")) is not None:
            continue
        callee = module.callee(call) or ""
        if callee in web.NOTICES:
            name, position = web.NOTICES[callee]
            shown = module.argument(call, name, position)
            values = [] if shown is None else [shown]
            way = module.text(call.func, 40)
        elif callee in web.TEMPLATES or (last_name(call) == _RENDERING and module.imports("fastapi", "starlette")):
            # What is no text or document of texts is the request, or names the template.
            values = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
            way = last_name(call)
        elif last_name(call) == "close":
            values = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
            way = "close"
        else:
            continue
        for value in values:
            yield Sink(call, value, None, f"`{way}`")
