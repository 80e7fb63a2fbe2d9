"""Vain timeouts: waits for a job with a limit, in a `with` block of an executor that waits for the job anyway."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_WAITS = frozenset({"exception", "result"})
_OF_SEVERAL = "as_completed"
# What has the job end, or the program.
_ENDING = frozenset(
    {"_exit", "abort", "close", "disconnect", "kill", "killpg", "set", "shutdown", "stop", "terminate"}
)
_LIMIT = pattern(r"timeout|deadline|time_limit|wait_for|fail_after|move_on", re.IGNORECASE)
_COLLECTIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


def vain_timeout(module: Module, call: ast.Call) -> ast.Call | None:
    """
    The wait with a timeout in a `with` block that an executor is entered by, where the job may run on.

    Leaving the block waits for every job. Jobs that are given a timeout themselves, and blocks that have them end,
    are left out, and so is a wait that is tried again and again.
    """
    item = module.parent(call)
    block = module.parent(item) if isinstance(item, ast.withitem) else None
    pool_name = item.optional_vars if isinstance(item, ast.withitem) else None
    if not isinstance(block, ast.With) or not isinstance(pool_name, ast.Name):
        return None
    pool = pool_name.id
    calls = [part for statement in block.body for part in ast.walk(statement) if isinstance(part, ast.Call)]
    waits = [one for one in calls if _waits_with_limit(one)]
    if not waits or any(isinstance(one.func, ast.Attribute) and one.func.attr in _ENDING for one in calls):
        return None
    return next((one for one in waits if _is_in_vain(module, one, pool, block)), None)


def _waits_with_limit(call: ast.Call) -> bool:
    """Whether a call is one of `result`, `exception` or `as_completed` with a timeout that may run out."""
    is_of_several = last_name(call.func) == _OF_SEVERAL
    if not is_of_several and not (isinstance(call.func, ast.Attribute) and call.func.attr in _WAITS):
        return False
    limits = [keyword.value for keyword in call.keywords if keyword.arg == "timeout"]
    limits = limits or call.args[is_of_several:][:1]
    # Some seconds more than a limit: the job has that one.
    return (
        bool(limits)
        and not isinstance(limits[0], ast.BinOp)
        and not (isinstance(limits[0], ast.Constant) and not limits[0].value)
    )


def _is_in_vain(module: Module, wait: ast.Call, pool: str, block: ast.With) -> bool:
    """Whether a call waits for what the executor of a block has been given there."""
    for ancestor in module.ancestors(wait):
        if ancestor is block:
            break
        if isinstance(ancestor, (ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
    if last_name(wait.func) == _OF_SEVERAL:
        if any(module.enclosing(call, ast.With) is block for call in module.calls_named("cancel")):
            # Those that have not begun are not begun.
            return False
        future = wait.args[0] if wait.args else None
    else:
        future = wait.func.value if isinstance(wait.func, ast.Attribute) else None
    jobs = _jobs(module, future, pool, 0) if future is not None else []
    return bool(jobs) and not any(_has_limit(module, wait, job) for job in jobs)


def _jobs(module: Module, future: ast.expr, pool: str, hops: int) -> list[ast.Call]:
    """The calls of `submit` on an executor that a future, or one out of a list of futures, comes from."""
    if isinstance(future, ast.Call):
        is_job = isinstance(future.func, ast.Attribute) and future.func.attr == "submit"
        holder = future.func.value if isinstance(future.func, ast.Attribute) else None
        return [future] if is_job and isinstance(holder, ast.Name) and holder.id == pool else []
    if isinstance(future, _COLLECTIONS):
        made = future.key if isinstance(future, ast.DictComp) else future.elt
        return _jobs(module, made, pool, hops)
    if not isinstance(future, ast.Name) or hops > 2:
        return []
    bindings = module.bindings(future)
    if len(bindings) != 1 or bindings[0].value is None:
        return []
    return _jobs(module, bindings[0].value, pool, hops + 1)


def _holders(wait: ast.Call) -> set[str]:
    """The objects that have the time limit of a wait: `settings` for `result(timeout=settings.limit + 5)`."""
    given = [*wait.args, *(keyword.value for keyword in wait.keywords)]
    return {
        part.value.id
        for one in given
        for part in ast.walk(one)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id != "self"
    }


def _has_limit(module: Module, wait: ast.Call, job: ast.Call) -> bool:
    """Whether a job names a time limit, as a function of the module or by what it is given, or has the wait's."""
    looked_at: list[ast.AST] = [*job.args, *job.keywords]
    names = [part for one in looked_at for part in ast.walk(one) if isinstance(part, ast.Name)]
    if not {name.id for name in names}.isdisjoint(_holders(wait)):
        return True
    sites = [binding.site for name in names for binding in module.bindings(name)]
    looked_at += [site for site in sites if isinstance(site, (ast.FunctionDef, ast.AsyncFunctionDef))]
    owner = module.enclosing(job, ast.ClassDef)
    if owner is not None:
        parts = (part for one in job.args for part in ast.walk(one))
        own = {part.attr for part in parts if isinstance(part, ast.Attribute) and _is_of_self(part)}
        looked_at += [method for name, method in module.members(owner).methods.items() if name in own]
    return any(_LIMIT.search(_named(part)) for one in looked_at for part in ast.walk(one))


def _is_of_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _named(node: ast.AST) -> str:
    """What a node says by a name of its own: a variable's, an attribute's, an argument's."""
    for field in ("id", "attr", "arg"):
        said = getattr(node, field, None)
        if isinstance(said, str):
            return said
    return ""
