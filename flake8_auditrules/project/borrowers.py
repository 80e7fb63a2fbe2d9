"""Borrowers: classes of the project whose instances use what they are given and never close it."""

from __future__ import annotations

import ast
from collections.abc import Collection

from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module

# Bases without anything of their own that could close what an instance holds.
_EMPTY_BASES = frozenset({"ABC", "Generic", "Protocol"})
_LEAVING = frozenset({"__aexit__", "__del__", "__exit__"})


def never_closes(project: Project, module: Module, call: ast.Call, closers: Collection[str]) -> bool:
    """
    Whether a call makes an instance of a class of the project that calls none of some closing methods.

    The class and all its bases are looked at; where one of them is not known the answer is no. A class whose
    instances `with` can enter, or that do something when they are collected, counts as one that may close.
    """
    callee = module.callee(call)
    found = class_named(project, module, callee) if callee is not None else None
    if found is None:
        return False
    line = class_line(project, *found)
    if not all(name.rpartition(".")[2] in _EMPTY_BASES for name in line.other_names()):
        return False
    return not any(_may_close(one, closers) for _, one in line.classes)


def _may_close(holder: ast.ClassDef, closers: Collection[str]) -> bool:
    return any(
        (isinstance(node, ast.Attribute) and node.attr in closers)
        or (isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in _LEAVING)
        or (isinstance(node, ast.withitem) and isinstance(node.context_expr, (ast.Attribute, ast.Name)))
        for node in ast.walk(holder)
    )
