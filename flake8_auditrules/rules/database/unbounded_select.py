"""AUD413: a route that answers with a whole table."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.lookup_tables import is_lookup_table
from flake8_auditrules.project.uncalled import is_out_of_reach
from flake8_auditrules.project.whole_tables import listing_calls, table_behind
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.django_tables import ListedTable, listed_tables
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import (
    chain_above,
    is_query,
    loaded_rows,
    loading_text,
)
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.whole_tables import (
    SENDING_TEXTS,
    grows_with_users,
    is_limited,
    model_loaded,
    whole_table_read,
)

# What the operators of an application write, a handful of rows.
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What sends a statement and gives a result that `list` or a comprehension takes the rows of.
_SENDING = frozenset({"exec", "scalars"})
_WRITING = frozenset({"delete", "patch", "post", "put"})
_NARROWING = frozenset({"filter", "filter_by", "where"})
_ONE = frozenset({"count", "exists", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none"})
_RENDERING = pattern(r"render(?:_|$)|TemplateResponse$")
# The place of an object's key in the path of a route.
_PLACE = pattern(r"[<{]")
_LOOKED_UP = pattern(
    r"(?:Plugin|Registry|Settings?|Config(?:uration)?|Roles?|Permissions?|Languages?|Country|Currency|Plan|Tier"
    r"|Status|Types?|Categor(?:y|ies)|Kind|LLM|Provider|Resource|Webhook|Extension|Backend|Robot)"
    r"(?:Model|Row|Entity|Table)?$|^(?:Admin|Installed|LLM|Provider)(?=[A-Z])"
)
# What a route is called that is there to give everything.
_WHOLE = pattern(r"(?:^|[_/.-])(?:back_?up|csv|download|dump|export)(?:s|[_/.-]|$)")
_CURE = "add `limit(...)`"
_PAGE = pattern(r"(?:^|_)(?:limit|offset|page|pagination|cursor|per_page|size|skip|count|first|last)(?:$|_)")


class UnboundedSelect(Rule):
    """
    ## What it does
    Finds routes that load a whole table: `.all()` of a query of a model without a limit and without a condition,
    or with conditions that the client may leave out; and SQL texts `SELECT ... FROM events` whose rows are all
    read, in the route or in a function of the project that lists them. Of Django's, `Message.objects.all()`
    counts where a view gives all rows of what use adds to a serializer or to an answer in JSON. Rows that are put
    into a mapping by their keys, those that a form which was sent is compared with, and those of routes that are
    named for giving everything (`export_orders`), are left out: a limit would be wrong there. So are models whose
    names do not tell that use adds rows to them.

    ## Why it matters
    The answer grows with the table. Each request then costs the database, the server's memory and the client
    more than the one before, and anyone can ask many times.

    ## When to silence it
    When the table is small by nature; its model can be named in the option `small`.
    """

    code = "AUD413"
    severity = Severity.LOW
    category = Category.PERFORMANCE
    since = "0.1.0"
    call_names = ("all", "fetchall", *_SENDING)
    message = "`{query}` loads the whole table of `{model}` in a route; {cure}"
    examined = "queries for all rows in routes have a limit"
    reach = Reach.PROJECT
    options = (Option("small", (), "names of models whose tables are small by nature"),)

    bad = (
        """
        from fastapi import FastAPI
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        from models import Row

        app = FastAPI()

        @app.get("/rows")
        def list_rows(session: Session):
            return session.scalars(select(Row)).all()  # AUD413
        """,
    )
    good = (
        """
        from fastapi import FastAPI
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        from models import Row

        app = FastAPI()

        @app.get("/rows")
        def list_rows(session: Session, after: int = 0):
            return session.scalars(select(Row).where(Row.id > after).order_by(Row.id).limit(100)).all()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an `.all()` of a model without condition or limit, in a route."""
        if not isinstance(node.func, ast.Attribute):
            return
        is_listed = node.func.attr in _SENDING and self._is_listed(node)
        if node.func.attr not in ("all", "fetchall") and not is_listed:
            return
        function = self.module.function_of(node)
        if not isinstance(function, _FUNCTIONS):
            return
        if not is_route(self.module, function) or self._is_form(function) or self._gives_all(function):
            return
        if not loaded_rows(self.module, node) and not (is_listed and is_query(self.module, node)):
            return
        if is_limited(self.module, node):
            self.passed(node)
            return
        model = model_loaded(self.module, node)
        if model is None:
            return
        if self._is_mapped(node) or self._is_for_writing(node):
            self.passed(node)
            return
        name = last_name(model)
        small = self.option("small")
        if (isinstance(small, (tuple, list)) and name in small) or _LOOKED_UP.search(name):
            return
        if not grows_with_users(name) or is_out_of_reach(self.project, self.module, function):
            # A handful, for all that can be told; or nobody asks.
            return
        if self._is_for_choice(function, name) or is_lookup_table(self.project, self.module, model):
            self.passed(node)
            return
        self.report(node, query=loading_text(self.module, node), model=name, cure=_CURE)

    def visit_Module(self, node: ast.Module) -> None:
        """Report SQL texts for a whole table that routes send, and calls of what sends them."""
        module = self.module
        if module.is_test:
            return
        sending = [call for call in module.calls_named(*SENDING_TEXTS) if self._is_in_listing(call)]
        for function in dict.fromkeys(module.function_of(call) for call in sending):
            read = whole_table_read(module, function) if isinstance(function, _FUNCTIONS) else None
            if read is not None:
                self.report(read.call, query=module.call_text(read.call), model=read.table, cure=_CURE)
        for call in listing_calls(module):
            loaded = table_behind(self.project, module, call) if self._is_in_listing(call) else None
            if loaded is not None:
                place = Step(*loaded.link)
                self.report(call, query=module.call_text(call), model=loaded.table, cure=_CURE, steps=[place])

        if module.attributes_named("objects") and module.imports("django", "rest_framework"):
            for table in listed_tables(module):
                self._look_at_table(table)

    def _look_at_table(self, table: ListedTable) -> None:
        """Report a table of Django's that a view answers with as a whole."""
        name = last_name(table.model)
        if not self._is_in_listing(table.call) or _LOOKED_UP.search(name):
            return
        if is_lookup_table(self.project, self.module, table.model):
            self.passed(table.call)
            return
        self.report(table.call, query=self.module.text(table.call, 50), model=name, cure="paginate them")

    def _gives_all(self, function: ast.AST | None) -> bool:
        """Whether a route is there to give everything, by its name, path or module: a limit would be wrong."""
        if not isinstance(function, _FUNCTIONS):
            return False
        paths = [
            part.value
            for decorator in function.decorator_list
            if isinstance(decorator, ast.Call)
            for part in decorator.args[:1]
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        names = (function.name, self.module.name.rpartition(".")[2], *paths)
        return any(_WHOLE.search(name) is not None for name in names)

    def _is_in_listing(self, call: ast.Call) -> bool:
        """Whether a call stands in a route that is for reading and not told how much to give."""
        function = self.module.function_of(call)
        if not isinstance(function, _FUNCTIONS) or not is_route(self.module, function):
            return False
        return not self._is_form(function) and not _pages(function) and not self._gives_all(function)

    def _is_form(self, function: ast.AST | None) -> bool:
        """Whether a route answers with something else: it writes, or shows the form of one object with choices."""
        if not isinstance(function, _FUNCTIONS):
            return False
        calls = [one for one in function.decorator_list if isinstance(one, ast.Call)]
        if any(_only_writes(call) for call in calls):
            return True
        about_one = any(
            isinstance(path, ast.Constant) and isinstance(path.value, str) and _PLACE.search(path.value)
            for call in calls
            for path in call.args[:1]
        )
        return about_one and self._renders(function)

    def _is_listed(self, sent: ast.Call) -> bool:
        """Whether all rows of a result are taken: `list(session.scalars(...))`, `[row for row in result]`."""
        parent = self.module.parent(sent)
        value: ast.AST = sent
        if isinstance(parent, ast.Await):
            value, parent = parent, self.module.parent(parent)
        if isinstance(parent, ast.comprehension):
            return parent.iter is value and isinstance(self.module.parent(parent), ast.ListComp)
        return isinstance(parent, ast.Call) and self.module.qualname(parent.func) == "builtins.list"

    def _is_mapped(self, loading: ast.Call) -> bool:
        """Whether the rows are put into a mapping by their keys, to be looked up for others."""
        loop = self.module.parent(loading)
        while isinstance(loop, (ast.Call, ast.Attribute, ast.Await)):
            loop = self.module.parent(loop)
        return isinstance(loop, ast.comprehension) and isinstance(self.module.parent(loop), ast.DictComp)

    def _is_for_writing(self, loading: ast.Call) -> bool:
        """Whether rows are loaded only where the request changes something: `if request.method == "POST":`."""
        child: ast.AST = loading
        for ancestor in self.module.ancestors(loading):
            if isinstance(ancestor, ast.If) and child in ancestor.body and _asks_for_writing(ancestor.test):
                return True
            child = ancestor
        return False

    def _is_for_choice(self, function: ast.AST | None, model: str) -> bool:
        """Whether a page shows rows of another model, narrowed: the whole table is there to choose from."""
        return (
            isinstance(function, _FUNCTIONS)
            and self._renders(function)
            and any(
                isinstance(part, ast.Call)
                and isinstance(part.func, ast.Attribute)
                and part.func.attr in _NARROWING
                and model not in self.module.text(part, 1000)
                and _ONE.isdisjoint(link.attr for link in chain_above(self.module, part))
                for part in self.module.own_nodes(function)
            )
        )

    def _renders(self, function: FunctionNode) -> bool:
        return any(
            isinstance(part, ast.Call) and _RENDERING.match(last_name(part.func)) is not None
            for part in self.module.own_nodes(function)
        )


def _pages(function: FunctionNode) -> bool:
    """Whether a route is told how much to give."""
    arguments = (*function.args.args, *function.args.kwonlyargs)
    return any(_PAGE.search(one.arg) for one in arguments)


def _asks_for_writing(test: ast.expr) -> bool:
    """Whether a test asks for a method that changes something: `request.method == "POST"`."""
    return (
        isinstance(test, ast.Compare)
        and last_name(test.left) == "method"
        and isinstance(test.ops[0], ast.Eq)
        and isinstance(test.comparators[0], ast.Constant)
        and str(test.comparators[0].value).lower() in _WRITING
    )


def _only_writes(decorator: ast.Call) -> bool:
    """Whether a route takes nothing but requests that change something."""
    if last_name(decorator.func) in _WRITING:
        return True
    for keyword in decorator.keywords:
        if keyword.arg == "methods" and isinstance(keyword.value, (ast.List, ast.Tuple, ast.Set)):
            methods = [one.value for one in keyword.value.elts if isinstance(one, ast.Constant)]
            return bool(methods) and all(str(one).lower() in _WRITING for one in methods)
    return False
