"""Row guards: what tells whether anybody else may change a row meanwhile: locks, and what a function is for."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode

_SERVING = pattern(r"(?:Dao|DAO|Manager|Registry|Repo|Repository|Service|Store)$")
_AT_WORK = pattern(r"Collect|Crawl|Ingest|Job|Monitor|Poll|Reconcil|Schedul|Sync|Task|Work")
_WORKING = pattern(r"job|task|worker|attempt|sweep|reap|expire|timeout|recover|sync")
# A lease is a lock that the database keeps.
_GUARDING = pattern(r"lock|lease|serializable")
# What is called like a lock and keeps nobody out of a row: an account that is locked, a block.
_NO_LOCK = pattern(r"block|lock_?out|_locked(?:_(?:at|by|until)|$)|[a-z]Locked(?:Error|Exception)?$|LOCKOUT")


def is_guarded(module: Module, function: FunctionNode) -> bool:
    """Whether a lock is named anywhere in the function."""
    return any(
        isinstance(part, (ast.Attribute, ast.Name))
        and _GUARDING.search(_NO_LOCK.sub("", part.attr if isinstance(part, ast.Attribute) else part.id).lower())
        for part in module.own_nodes(function)
    )


def is_for_work(name: str) -> bool:
    """Whether a function is named for what one process does at a time: a job, a sweep."""
    return _WORKING.search(name.lower()) is not None


def is_at_work(name: str) -> bool:
    """Whether a class is named for what works for itself in the background."""
    return _AT_WORK.search(name) is not None


def is_service(name: str) -> bool:
    """Whether a class answers whoever asks, by its name; a scheduler's service does not."""
    return _SERVING.search(name) is not None and not is_at_work(name)


def is_work(module: Module, function: FunctionNode) -> bool:
    """Whether a function is one that a job runs, by its name, its class or its module."""
    holder = module.class_of(function)
    return (
        is_for_work(function.name)
        or (holder is not None and is_at_work(holder.name))
        or is_for_work(module.name.rpartition(".")[2])
    )


def is_of_service(module: Module, function: FunctionNode) -> bool:
    """Whether a function is a method of a service, and not one that a job runs."""
    holder = module.class_of(function)
    return holder is not None and is_service(holder.name) and not is_for_work(function.name)
