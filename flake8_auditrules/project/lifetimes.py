"""Lifetimes: which classes have objects that are made once and then serve every request."""

from __future__ import annotations

import ast
from collections.abc import Collection

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.callers import every_caller, places_named, places_that_mean
from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.ownership import (
    Outcome,
    is_ended,
    is_needed_to_the_end,
    owned_by,
    works_on_and_on,
)
from flake8_auditrules.semantics.programs import (
    is_main_function,
    is_terminal_program,
    is_test_support,
    runs_several,
    talks_to_a_person,
)
from flake8_auditrules.semantics.routes import role_of
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind
from flake8_auditrules.semantics.shared_state import name_uses, runs_first
from flake8_auditrules.semantics.sharing import is_kept_once, is_main

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_FILES = 12
_MOST_STEPS = 4
_APPLICATIONS = frozenset(
    {
        *(
            name
            for name in web.ROUTERS
            if not name.endswith(("Router", "Blueprint", "APIBlueprint", "RouteTableDef"))
        ),
        "aiohttp.web.Application",
        "fastmcp.FastMCP",
        "fastmcp.server.FastMCP",
        "mcp.server.fastmcp.FastMCP",
        "mcp.server.Server",
        "mcp.server.lowlevel.Server",
    }
)
_APPLICATION_TAILS = frozenset(name.rpartition(".")[2] for name in _APPLICATIONS)
# What begins a program or puts it together.
_BEGINNING = pattern(
    r"_?a?(?:sync)?_?main$|(?:.*_)?(?:lifespan|startup|start_up|bootstrap)(?:_|$)"
    r"|_?(?:async_)?(?:build|create|make|set_?up|init|initialize|configure|run|start|launch)_"
    r"(?:\w+_)?(?:app|application|server|gateway|container|bot|daemon)$"
)
# What may put together parts of a program, and may as well make what a request needs.
_COMPOSING = pattern(
    r"_?(?:async_)?(?:build|create|make|set_?up|init|initialize|configure|run|start|launch)(?:_|$)"
)
# What may last as long as the program.
_RUNNING = pattern(r"_?(?:async_)?(?:run|start|launch|serve|listen|consume|watch)(?:_|$)")
# What shows or tries something out once.
_TRYING = pattern(r"_?(?:demo|example|test)(?:_|$)")
# What is told of a class, and does not make objects of it.
_ASKING = frozenset({"isinstance", "issubclass", "cast", "TypeVar", "getLogger"})


def serves_all(project: Project, module: Module, holder: ast.ClassDef) -> bool:
    """
    Whether each object of a class of a module is made where things are made once, for all requests.

    That is the module level, the function that makes the application, a lifespan, a cached function, a function
    that keeps the object under a global name, the constructor of an object that serves all itself, and what only
    these call. A class of which the project makes no object, or makes one somewhere else too, is none.
    """
    return _serves_all(project, module, holder, 0)


def is_made_for_each(project: Project, module: Module, holder: ast.ClassDef) -> bool:
    """
    Whether a class of a module is known to have an object for each request or job.

    All that make one are coroutines and routes that keep it under a key, or use it up themselves, or objects that
    such a coroutine makes.
    """
    return _is_made_for_each(project, module, holder, 0)


def _is_made_for_each(project: Project, module: Module, holder: ast.ClassDef, steps: int) -> bool:
    places = _places(project, module, holder) if steps <= _MOST_STEPS else []
    return bool(places) and all(
        not _is_made_once(project, place, call, 0)
        and (_is_of_coroutine(project, place, call) or _is_part_of_each(project, place, call, steps))
        for place, call in places
    )


def _is_part_of_each(project: Project, module: Module, call: ast.Call, steps: int) -> bool:
    """Whether an object is made by the constructor of one that is made for each request or job."""
    function = module.function_of(call)
    holder = module.class_of(function) if isinstance(function, ast.FunctionDef) else None
    if holder is None or not isinstance(function, ast.FunctionDef) or function.name != "__init__":
        return False
    return _is_made_for_each(project, module, holder, steps + 1)


def made_in_passing(
    project: Project, module: Module, holder: ast.ClassDef, closers: Collection[str]
) -> tuple[Module, ast.Call] | None:
    """
    Where a function makes an object of a class of a module for one call of it, and drops it without closing it.

    Commands, tests and what begins a program are no such place: their process ends.
    """
    for place, call in _places(project, module, holder):
        function = place.function_of(call)
        if (
            not isinstance(function, _FUNCTIONS)
            or place.is_test
            or is_terminal_program(place)
            or (talks_to_a_person(place) and not runs_several(place))
            or is_test_support(place)
            or is_main_function(place, call)
            or _BEGINNING.match(function.name)
            or _TRYING.match(function.name)
        ):
            continue
        owned = owned_by(place, call, closers)
        if owned.outcome is Outcome.INLINE or (
            owned.outcome is Outcome.LOCAL
            and not is_ended(place, owned, closers)
            and not works_on_and_on(place, owned)
            and not is_needed_to_the_end(place, owned)
        ):
            return place, call
    return None


def _is_of_coroutine(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a coroutine or route of a module makes an object for itself, or keeps it under a key."""
    function = module.function_of(call)
    statement = module.parent(call)
    if not isinstance(function, _FUNCTIONS):
        return False
    if (_RUNNING if isinstance(statement, ast.withitem) else _COMPOSING).match(function.name) is not None:
        return False
    if not isinstance(function, ast.AsyncFunctionDef):
        if role_of(module, function) is None:
            return False
    elif project.is_alone(module, function, call):
        return False
    if isinstance(statement, ast.withitem):
        return _ends_with_its_block(module, statement)
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    if any(isinstance(target, ast.Subscript) for target in targets):
        return True
    if not isinstance(targets[0], ast.Name):
        return False
    uses = [
        module.parent(use)
        for use in name_uses(module).get(targets[0].id, ())
        if module.function_of(use) is function and use is not targets[0]
    ]
    return any(_stores_under_key(use) for use in uses) or all(isinstance(use, ast.Attribute) for use in uses)


def _ends_with_its_block(module: Module, item: ast.withitem) -> bool:
    """Whether a `with` block in which an object is used ends some time: no `while` stands in it."""
    block = module.parent(item)
    return isinstance(block, (ast.With, ast.AsyncWith)) and not any(
        isinstance(part, ast.While) for statement in block.body for part in ast.walk(statement)
    )


def _stores_under_key(statement: ast.AST | None) -> bool:
    return isinstance(statement, ast.Assign) and any(
        isinstance(target, ast.Subscript) for target in statement.targets
    )


def _places(project: Project, module: Module, holder: ast.ClassDef) -> list[tuple[Module, ast.Call]]:
    """The calls of a class in the project, asked for once."""
    if module.function_of(holder) is not None or not module.name:
        return []
    return module.keep(("places that make", holder), lambda _: _constructions(project, module, holder))


def _serves_all(project: Project, module: Module, holder: ast.ClassDef, steps: int) -> bool:
    if steps > _MOST_STEPS:
        return False
    places = _places(project, module, holder)
    return bool(places) and all(_is_made_once(project, place, call, steps) for place, call in places)


def _constructions(project: Project, module: Module, holder: ast.ClassDef) -> list[tuple[Module, ast.Call]]:
    """The calls of a class in the project, with their modules; none where it may be called elsewhere too."""
    for place in _naming(project, module, holder):
        if any(
            _is_handed_on(place, node) and not _is_spare_name(project, place, node)
            for node in places_named(place, holder.name)
        ):
            return []
    return known_constructions(project, module, holder)


def known_constructions(project: Project, module: Module, holder: ast.ClassDef) -> list[tuple[Module, ast.Call]]:
    """
    The calls of a class of a module that stand in the project, with their modules.

    Others may make objects of it too, to which it is handed on; there are none where too many files name it.
    """
    return [
        (place, call)
        for place in _naming(project, module, holder)
        for node in places_that_mean(project, place, module, holder)
        if (call := _construction(module, holder, place, node)) is not None
    ]


def _naming(project: Project, module: Module, holder: ast.ClassDef) -> list[Module]:
    """The modules that may name a class of a module, with that; none where they are too many."""
    files = project.files_that_mention(module, holder.name, _MOST_FILES)
    if files is None:
        return []
    others = [module_at(project, path) for path in files]
    return [module, *(other for other in others if other is not None)]


def _construction(
    home: Module, holder: ast.ClassDef, module: Module, node: ast.Name | ast.Attribute
) -> ast.Call | None:
    """The call that makes an object of a class of another module at a place that names it."""
    called: ast.AST = node
    parent = module.parent(node)
    if isinstance(parent, ast.Attribute) and _makes_by(home, holder, parent.attr):
        called, parent = parent, module.parent(parent)
    return parent if isinstance(parent, ast.Call) and parent.func is called else None


def _makes_by(module: Module, holder: ast.ClassDef, name: str) -> bool:
    """Whether a method of a class is a class method: `Store.from_settings()` makes an object as `Store()` does."""
    method = module.members(holder).methods.get(name)
    return isinstance(method, _FUNCTIONS) and any(
        last_name(decorator) == "classmethod" for decorator in method.decorator_list
    )


def _is_handed_on(module: Module, node: ast.Name | ast.Attribute) -> bool:
    """Whether a class is given to something that may make objects of it: `Depends(Store)`, a table of classes."""
    parent = module.parent(node)
    if isinstance(parent, ast.keyword):
        return True
    if isinstance(parent, ast.Call):
        return parent.func is not node and last_name(parent) not in _ASKING
    if isinstance(parent, (ast.Assign, ast.Return, ast.Dict, ast.List)):
        return isinstance(node.ctx, ast.Load)
    return False


def _is_spare_name(project: Project, module: Module, node: ast.Name | ast.Attribute) -> bool:
    """Whether a class is only given a second name, `Client = HttpClient`, that nothing in the project uses."""
    statement = module.parent(node)
    if not isinstance(statement, ast.Assign) or module.function_of(statement) is not None:
        return False
    target = statement.targets[0]
    if len(statement.targets) > 1 or not isinstance(target, ast.Name):
        return False
    uses = [use for use in name_uses(module).get(target.id, ()) if use is not target]
    return not uses and not project.is_named_elsewhere(module, target.id)


def _is_made_once(project: Project, module: Module, call: ast.Call, steps: int) -> bool:
    """Whether a place that makes an object is run once, or keeps what it has made."""
    if module.loop_of(call) is not None or is_main(module, call):
        return False
    if is_kept_once(module, call):
        return True
    function = module.function_of(call)
    return not isinstance(function, ast.Lambda) and _is_run_once(project, module, function, steps)


def _is_run_once(project: Project, module: Module, function: FunctionNode | None, steps: int) -> bool:
    if function is None:
        return True
    if _BEGINNING.match(function.name) or _makes_application(module, function):
        return True
    if steps > _MOST_STEPS:
        return False
    holder = module.class_of(function)
    if holder is not None:
        return runs_first(module, function) and _serves_all(project, module, holder, steps + 1)
    if module.function_of(function) is not None or _is_named(module, function):
        return False
    calls = every_caller(project, module, function)
    return bool(calls) and all(_is_made_once(project, place, call, steps + 1) for place, call in calls)


def _makes_application(module: Module, function: FunctionNode) -> bool:
    """Whether a function makes the application that serves the requests."""
    return any(
        module.function_of(call) is function and module.callee(call) in _APPLICATIONS
        for call in module.calls_named(*_APPLICATION_TAILS)
    )


def _is_named(module: Module, function: FunctionNode) -> bool:
    """Whether a function of the module is named in it without being called: something else may call it."""
    return any(
        isinstance(node.ctx, ast.Load)
        and not (isinstance(parent := module.parent(node), ast.Call) and parent.func is node)
        and (owner := module.owner_of(node)) is not None
        and owner.kind is ScopeKind.MODULE
        for node in name_uses(module).get(function.name, ())
    )
