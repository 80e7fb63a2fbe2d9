"""Listed serializers: where a serializer of Django REST framework is given the rows of a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.callers import places_that_mean
from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.django_queries import is_for_many
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, set_in, unsubscripted
from flake8_auditrules.semantics.row_loops import is_cut_short

_MOST_FILES = 16
_CLASS = "serializer_class"
_CHOOSING = "get_serializer_class"
_LISTING = pattern(r"(?:ModelViewSet|ListModelMixin|ListAPIView|ListCreateAPIView)$")
_LIST = "list"
_ROWS = "queryset"


def place_of_list(project: Project, module: Module, serializer: ast.ClassDef, relation: str) -> Link | None:
    """
    Where a serializer is given the rows of a list; None for one that is not seen to be.

    None as well where what belongs to the rows by the name of `relation` ("" for nothing) is loaded with them.
    """
    files = project.files_that_mention(module, serializer.name, _MOST_FILES)
    if files is None:
        return None
    modules = [module, *(other for other in (module_at(project, path) for path in files) if other is not None)]
    if relation and any(_loads(other, relation) for other in modules):
        return None
    for other in modules:
        for place in places_that_mean(project, other, module, serializer):
            if not other.is_test and _gives_list(other, place):
                return Link(project.relative(other.path), place.lineno, serializer.name)
    return None


def _loads(module: Module, relation: str) -> bool:
    """Whether a module loads what belongs to rows by a name with them: `prefetch_related("books__author")`."""
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and relation in part.value.split("__")
        for call in module.calls_named("prefetch_related", "Prefetch", "prefetch_related_objects")
        for part in ast.walk(call)
    )


def _gives_list(module: Module, place: ast.expr) -> bool:
    """Whether a serializer is made for many objects, or is that of a view of Django REST framework that lists."""
    parent = module.parent(place)
    if isinstance(parent, ast.Call):
        return parent.func is place and is_for_many(parent) and not any(map(is_cut_short, parent.args[:1]))
    view = module.enclosing(place, ast.ClassDef)
    if view is None or not any(_LISTING.search(base) for base in _bases(module, view)):
        return False
    if is_cut_short(set_in(view, _ROWS)):
        return False
    if isinstance(parent, ast.Assign):
        is_own = parent in view.body and last_name(parent.targets[0]) == _CLASS
        return is_own and not any(_names_list(part) for part in _choosing(view))
    function = module.function_of(place)
    if (
        not isinstance(function, ast.FunctionDef)
        or function.name != _CHOOSING
        or not isinstance(parent, ast.Return)
    ):
        return False
    branch = module.parent(parent)
    return isinstance(branch, ast.If) and parent in branch.body and _names_list(branch.test)


def _bases(module: Module, view: ast.ClassDef) -> Iterator[str]:
    """The last names of all classes that a view inherits from, as far as they are known."""
    yield from (last_name(unsubscripted(base)) for base in view.bases)
    yield from (name.rpartition(".")[2] for name in module.instances.ancestry(module.definition(view))[1:])


def _choosing(view: ast.ClassDef) -> Iterator[ast.AST]:
    """What chooses the serializer of a view for an action of it."""
    for statement in view.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == _CHOOSING:
            yield statement
        elif isinstance(statement, ast.Assign) and last_name(statement.targets[0]) != _CLASS:
            if "serializer" in last_name(statement.targets[0]):
                yield statement


def _names_list(place: ast.AST) -> bool:
    """Whether something tells the list of a view from its other actions: `self.action == "list"`."""
    return any(isinstance(part, ast.Constant) and part.value == _LIST for part in ast.walk(place))
