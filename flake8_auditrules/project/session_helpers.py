"""Helpers that are handed a session: what they do to the transaction of the one who calls them."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.knowledge import database
from flake8_auditrules.project.definitions import Definition, answer_behind, arguments_by_place, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.row_locks import takes_locks
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sessions import Session, uses

_MAXIMUM_HOPS = 2


class Deed(enum.IntEnum):
    """What becomes of a session's transaction in a call; the greater one counts."""

    NOTHING = 0
    WRITES = 1
    UNKNOWN = 2
    ENDS = 3


def deed_on(project: Project, module: Module, call: ast.Call, session: Session) -> Deed:
    """
    What a call does to a session that it is handed, or that belongs to the object whose method it is.

    It writes where a statement takes locks in any case or in some; it is not known what a function does that is
    none of the project's, or that hands the session on too often.
    """
    return _deed(project, module, call, session.text, 0)


def _deed(project: Project, module: Module, call: ast.Call, text: str, hops: int) -> Deed:
    places = [place for place, argument in arguments_by_place(call) if dotted(argument) == text]
    is_own = text.startswith("self.") and _is_own_method(call)
    if not places and not is_own:
        return Deed.NOTHING
    if hops > _MAXIMUM_HOPS or len(places) > 1:
        return Deed.UNKNOWN
    place = places[0] if places else None

    def compute() -> int:
        found = definition_of(project, module, call)
        if found is None:
            return Deed.UNKNOWN.value
        inner = text if place is None else found.parameter(place)
        return _worst(project, found, inner, hops).value if inner else Deed.UNKNOWN.value

    question = (str(place), text if place is None else "", hops)
    answer = answer_behind(project, module, call, "deeds", question, compute)
    return Deed(answer) if answer is not None else Deed.UNKNOWN


def _is_own_method(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and dotted(call.func.value) == "self"


def _worst(project: Project, found: Definition, text: str, hops: int) -> Deed:
    module, function = found
    if module.is_generator(function) or _is_passed_round(module, function, text):
        return Deed.UNKNOWN
    own = {use.call: use for use in uses(module) if use.session.text == text}
    worst = Deed.NOTHING
    for part in module.own_nodes(function):
        if not isinstance(part, ast.Call):
            continue
        use = own.get(part)
        if use is None:
            deed = _deed(project, module, part, text, hops + 1)
        elif use.method in database.ENDING:
            deed = Deed.ENDS
        else:
            deed = Deed.WRITES if takes_locks(module, use) else Deed.NOTHING
        worst = max(worst, deed)
    return worst


def _is_passed_round(module: Module, function: FunctionNode, text: str) -> bool:
    """Whether a function has another name for its session, or another session by this name: `db = db or new()`."""
    for name in module.names_in(function).get(text, ()):
        around = module.parent(name)
        is_given = isinstance(around, ast.keyword) or (isinstance(around, ast.Call) and name in around.args)
        if not is_given and not (isinstance(around, ast.Attribute) and isinstance(name.ctx, ast.Load)):
            return True
    return False
