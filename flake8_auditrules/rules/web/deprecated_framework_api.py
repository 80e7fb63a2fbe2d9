"""AUD620: parts of FastAPI, Starlette and pydantic that their current versions warn about or lack."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import deprecations
from flake8_auditrules.knowledge.deprecations import Deprecation
from flake8_auditrules.project.definitions import inherited_definition, module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.requirements import is_required, requirement
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_MOST_FILES = 10_000
# Modules that are read to see that an import is for no other version's sake.
_MOST_READ = 3


class DeprecatedFrameworkApi(Rule):
    """
    ## What it does
    Finds deprecated parts of web frameworks: FastAPI's `on_event` and `Query(regex=...)`, Starlette's `on_event`
    (gone since 1.0), and the pydantic 1 style where pydantic 2 is in use (`@validator`, `.dict()`, `.parse_obj()`,
    `class Config`).

    Which version is in use is told by the project's requirement files, and for pydantic by what the module or, in
    a project for one version alone, another module imports. A project that pins the old version is left alone.
    Models of SQLModel count as pydantic's.

    ## Why it matters
    Deprecated parts work with a warning until the upgrade in which they do not: then the application does not
    start. `on_event` handlers are ignored altogether when a `lifespan` is given.

    ## When to silence it
    When one code base has to run under both versions.
    """

    code = "AUD620"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    call_names = frozenset({*deprecations.MODEL_METHODS, *deprecations.LAST_NAMES})
    message = "`{code}` {fact}; {cure}"
    examined = "calls that some version deprecates are current in this project's version"
    reach = Reach.PROJECT

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.on_event("startup")  # AUD620
        async def start():
            app.state.ready = True
        """,
        """
        from pydantic import BaseModel, ConfigDict

        class User(BaseModel):
            model_config = ConfigDict(extra="forbid")
            name: str

        def as_dict(user: User):
            return user.dict()  # AUD620
        """,
    )
    good = (
        """
        from contextlib import asynccontextmanager

        from fastapi import FastAPI

        @asynccontextmanager
        async def lifespan(app):
            app.state.ready = True
            yield

        app = FastAPI(lifespan=lifespan)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report deprecated calls, methods and arguments."""
        module = self.module
        if module.is_test:
            return
        function = node.func
        last = last_name(function)
        if last in deprecations.MODEL_METHODS and isinstance(function, ast.Attribute):
            self._visit_method(node, function)
            return
        if last not in deprecations.LAST_NAMES or not module.imports("fastapi", "starlette", "pydantic"):
            return
        named = module.callee(node)
        if named is None:
            return
        found = deprecations.CALLS.get(named)
        if found is not None:
            if self._is_in_use(found) and not _is_fallback(module, node) and not _forwards(module, node, last):
                self.report(node, code=module.call_text(node), fact=found.fact, cure=found.cure)
            else:
                self.passed(node)
            return
        argument = deprecations.ARGUMENTS.get(named)
        if argument is not None:
            given = module.argument(node, argument[0])
            if given is not None and self._is_in_use(argument[1]):
                self.report(given, code=f"{argument[0]}=...", fact=argument[1].fact, cure=argument[1].cure)
            else:
                self.passed(node)

    def _visit_method(self, node: ast.Call, function: ast.Attribute) -> None:
        module = self.module
        owner = module.instance_of(function.value) or module.qualname(function.value)
        if owner is None or not _is_own_model(module, owner) or _is_fallback(module, node):
            return
        if self._uses_pydantic_two() and not inherited_definition(self.project, module, owner, function.attr):
            self.report(
                node,
                code=module.call_text(node),
                fact="is deprecated since pydantic 2",
                cure=deprecations.MODEL_METHODS[function.attr],
            )
        else:
            self.passed(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Report `class Config` in a model."""
        module = self.module
        if node.name != "Config" or module.is_test:
            return
        holder = module.parent(node)
        if isinstance(holder, ast.ClassDef) and _is_own_model(module, module.definition(holder)):
            if self._uses_pydantic_two() and not _is_fallback(module, node):
                self.report(
                    node,
                    code="class Config",
                    fact="is deprecated since pydantic 2",
                    cure="use `model_config = ConfigDict(...)`",
                )

    def _is_in_use(self, found: Deprecation) -> bool:
        """Whether the project runs a version in which the thing is deprecated."""
        if found.library == "pydantic":
            return self._uses_pydantic_two()
        asked = requirement(self.project, found.library)
        if found.library == "starlette":
            # What is gone is reported where it is certain to be.
            return asked is not None and asked.is_at_least(found.since)
        return asked is None or not asked.is_below(found.since)

    def _uses_pydantic_two(self) -> bool:
        if self.module.keep("imports pydantic 2", _imports_pydantic_two):
            return True
        asked = requirement(self.project, "pydantic")
        if asked is not None and (asked.is_at_least((2,)) or asked.is_below((2,))):
            return asked.is_at_least((2,))
        return self.module.keep("project of pydantic 2", lambda module: _is_of_pydantic_two(self.project, module))


def _is_of_pydantic_two(project: Project, module: Module) -> bool:
    """Whether another module of the project imports what only pydantic 2 has, and none asks for the version."""
    if is_required(project, deprecations.NEEDING_PYDANTIC_TWO):
        return True
    used = project.names_used()
    if any(b"\n%s" % name.encode() in used for name in deprecations.ASKING_FOR_VERSION):
        return False
    for name in sorted(deprecations.PYDANTIC_TWO):
        if b"\n%s\n" % name.encode() in used:
            others = project.files_that_mention(module, name.rpartition(".")[2], _MOST_FILES) or ()
            for path in others[:_MOST_READ]:
                other = module_at(project, path)
                if other is not None and _imports_pydantic_two(other):
                    return True
    return False


def _imports_pydantic_two(module: Module) -> bool:
    if module.imports("pydantic_settings"):
        return True
    if any(
        not _is_fallback(module, call)
        for name in deprecations.METHODS_OF_PYDANTIC_TWO
        for call in module.calls_by_name().get(name, ())
    ):
        return True
    if any(_is_config_of_two(holder) for holder in module.nodes(ast.ClassDef) if holder.name == "Config"):
        return True
    # An import in a `try` stands beside the one for the other version.
    return any(
        module.names.imported(alias) in deprecations.PYDANTIC_TWO
        for statement in module.nodes(ast.ImportFrom)
        if not isinstance(module.parent(statement), (ast.Try, ast.If))
        for alias in statement.names
    )


def _is_config_of_two(config: ast.ClassDef) -> bool:
    """Whether a `class Config` sets what only pydantic 2 knows, and nothing of pydantic 1 beside it."""
    given = {
        target.id
        for statement in config.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    return not given.isdisjoint(deprecations.CONFIG_OF_PYDANTIC_TWO) and given.isdisjoint(
        {"orm_mode", "allow_population_by_field_name", "schema_extra"}
    )


def _is_fallback(module: Module, node: ast.AST) -> bool:
    """Whether it is there for one of two versions: in a handler, or under a test of what there is."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.ExceptHandler):
            return True
        if isinstance(ancestor, (ast.If, ast.IfExp)):
            test = module.source(ancestor.test)
            if "hasattr" in test or "version" in test.lower() or "pydantic" in test.lower():
                return True
    return False


def _forwards(module: Module, node: ast.AST, name: str) -> bool:
    """Whether a call stands in a function of the same name, which only offers the deprecated one on."""
    function = module.function_of(node)
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and function.name == name


def _is_own_model(module: Module, class_name: str) -> bool:
    """Whether a class is a pydantic model of this module or of the project, not a library's with such methods."""
    ancestry = module.instances.ancestry(class_name)
    return len(ancestry) > 1 and not deprecations.MODELS.isdisjoint(ancestry)
