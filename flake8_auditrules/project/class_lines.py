"""Class lines: a class of the project with all that it inherits from, as far as its modules tell."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.ownership import PLAIN_BASES
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, unsubscripted

# What no code of people has; whoever writes more classes in one line is not answered.
_MOST_CLASSES = 16


class ClassLine(NamedTuple):
    """
    A class and its bases.

    `classes` are those of the project, each behind its module, the class itself first and nearer ones before
    farther ones. `others` are the qualified names of the bases that are none of the project's, with the module
    that names them; "" stands for a base that is not known.
    """

    classes: list[tuple[Module, ast.ClassDef]]
    others: list[tuple[Module, str]]

    def other_names(self) -> set[str]:
        """The qualified names of the bases from elsewhere, less `object`; "" is among them for an unknown one."""
        return {name for _, name in self.others if name != "builtins.object"}


def leaves_alone(project: Project, module: Module, holder: ast.ClassDef, attribute: str) -> bool:
    """Whether all bases of a class are known, and none of them does anything with an attribute of its objects."""
    line = class_line(project, module, holder)
    return line.other_names() <= PLAIN_BASES and not any(
        isinstance(part, (ast.Attribute, ast.Name, ast.Constant))
        and (
            last_name(part) in (attribute, "__dict__", "vars", "getattr")
            or getattr(part, "value", None) == attribute
        )
        for _, base in line.classes[1:]
        for part in ast.walk(base)
    )


def class_line(project: Project, module: Module, holder: ast.ClassDef) -> ClassLine:
    """The line of a class that stands in a module of the project; what a base is given in brackets is left out."""
    classes = [(module, holder)]
    others: list[tuple[Module, str]] = []
    for around, one in classes:
        for base in one.bases:
            name = around.qualname(unsubscripted(base)) or ""
            found = class_named(project, around, name) if name else None
            if found is None:
                others.append((around, name))
            elif len(classes) >= _MOST_CLASSES:
                others.append((around, ""))
            elif all(found[1] is not past for _, past in classes):
                classes.append(found)
    return ClassLine(classes, others)
