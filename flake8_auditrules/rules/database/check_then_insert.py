"""AUD417: a row inserted because a query before did not find it."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import definition_of
from flake8_auditrules.project.refusals import refusal
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.django_inserts import check_before
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import (
    FETCHING_ROWS,
    asks_for_model,
    columns_compared,
    keys_of_get,
    statement_parts,
)
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.sessions import Session

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
# What a function is called that refuses what is there already; only such a one is looked up elsewhere.
_CHECKING = pattern(r"assert|avail|check|conflict|dup|ensure|exist|raise|taken|uniq|valid|verif", re.IGNORECASE)
# What unpacks the fields of a pydantic model.
_FIELDS = frozenset({"dict", "model_dump"})
_NOTHING_FOUND = frozenset({"DoesNotExist", "NoResultFound"})
_GUARDING = pattern(
    r"lock|on_conflict|for_update|begin_nested|savepoint|serializable|isolation|upsert", re.IGNORECASE
)
_LOCKING = pattern(r"\b(?:pg_(?:try_)?advisory_\w*lock|get_lock|for\s+update|lock\s+tables?)\b", re.IGNORECASE)
_ONCE = pattern(
    r"seed|setup|init|bootstrap|startup|migrat|backfill|default|populate|fixture|sync|import|provision",
    re.IGNORECASE,
)
_SINGLE = pattern(r"(?:Collector|Scheduler|Reconciler|Aggregator)$")
# Commands, migrations, and factories of rows for tests.
_AT_HAND = pattern(r"[/\\](?:migrations|management[/\\]commands)[/\\]|(?:^|[/\\_])factories\.py$")
_ALONE = pattern(r"\s*BEGIN\s+(?:IMMEDIATE|EXCLUSIVE)\b", re.IGNORECASE)


class CheckThenInsert(Rule):
    """
    ## What it does
    Finds functions that ask whether a row is there, and add a row of the same model with the same key where
    it is not, without a handler, savepoint, lock or `ON CONFLICT`. They may ask through a function of the project
    that raises where there is such a row. Of Django, `Model.objects.create(...)` counts where all that the query
    asks for is given to the new row.

    ## Why it matters
    Two requests at once both find nothing and both insert. With a unique constraint one of them ends with
    `IntegrityError` and status 500; without one the row is there twice, and `one_or_none()` fails from then on.

    ## When to silence it
    When only one process and one thread ever inserts, or a handler for `IntegrityError` stands around the
    whole application.
    """

    code = "AUD417"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    call_names = ("add", "create")
    message = "`{add}` trusts the check of line {line}, which two requests pass at once; {cure}"
    examined = "rows added here rest on no unguarded check"
    reach = Reach.CALLEES

    bad = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        def register(session: Session, User, name):
            known = session.scalar(select(User).where(User.name == name))
            if known is not None:
                raise ValueError("the name is taken")
            session.add(User(name=name))  # AUD417
            session.commit()
        """,
    )
    good = (
        """
        from sqlalchemy.exc import IntegrityError
        from sqlalchemy.orm import Session

        def register(session: Session, User, name):
            session.add(User(name=name))
            try:
                session.commit()
            except IntegrityError:
                session.rollback()
                raise ValueError("the name is taken") from None
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an `add` of a model that an earlier query of the function looked for by the same key."""
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "create":
            self._look_at_django(node)
            return
        if not isinstance(function, ast.Attribute) or function.attr != "add" or len(node.args) != 1:
            return
        if self.module.is_test or is_command_line(self.module) or sessions.is_migration(self.module):
            return
        owner = self.module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or _ONCE.search(owner.name) or self._is_single(owner):
            return
        if self._is_handed_over(owner, function.value):
            return
        session = sessions.session_of(self.module, function.value)
        made = self._made(node.args[0]) if session is not None else None
        if session is None or made is None:
            return
        missed = self._missed_before(node, session, made)
        check = missed or self._check_for(owner, node, session, made) or self._refusal_before(owner, node, made)
        if check is None or self._is_guarded(owner, node, missed) or self._is_alone(node, session):
            self.passed(node)
            return
        self.report(node, add=self.module.call_text(node), line=str(check.lineno), cure="catch IntegrityError")

    def _look_at_django(self, node: ast.Call) -> None:
        """Report a row of Django's that is created because a query of the function did not find it."""
        module = self.module
        owner = module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or not module.attributes_named("objects"):
            return
        check = check_before(module, owner, node)
        if check is None or module.is_test or is_command_line(module) or _AT_HAND.search(module.path):
            return
        if _ONCE.search(owner.name) or self._is_guarded(owner, node, check):
            self.passed(node)
            return
        cure = "use `get_or_create()` over a unique constraint"
        self.report(node, add=module.call_text(node), line=str(check.lineno), cure=cure)

    def _is_single(self, function: FunctionNode) -> bool:
        """Whether a function is a method of a class that works for itself in the background, one at a time."""
        around = self.module.parent(function)
        return isinstance(around, ast.ClassDef) and _SINGLE.search(around.name) is not None

    def _is_handed_over(self, function: FunctionNode, session: ast.expr) -> bool:
        """Whether a function inside another is given to what runs it, and gives it the session of that turn."""
        around = self.module.function_of(function)
        if not isinstance(around, _FUNCTIONS) or not isinstance(session, ast.Name):
            return False
        return session.id in {one.arg for one in function.args.args} and any(
            isinstance(parent := self.module.parent(use), (ast.Call, ast.keyword))
            and not (isinstance(parent, ast.Call) and parent.func is use)
            for use in self.module.names_in(around).get(function.name, ())
        )

    def _made(self, added: ast.expr) -> ast.Call | None:
        """The call that makes the row that is added."""
        if isinstance(added, ast.Name):
            bindings = [one for one in self.module.bindings(added) if one.kind is BindingKind.ASSIGNMENT]
            calls = [one.value for one in bindings if isinstance(one.value, ast.Call) and one.value.keywords]
            if len(calls) != 1:
                return None
            block = self.module.parent(self.module.statement(calls[0]))
            if len(bindings) > 1 and not any(block is one for one in self.module.ancestors(added)):
                # What was found before may be added again.
                return None
            added = calls[0]
        if isinstance(added, ast.Call) and last_name(added.func)[:1].isupper() and dotted(added.func) is not None:
            return added
        return None

    def _check_for(
        self, function: FunctionNode, add: ast.Call, session: Session, made: ast.Call
    ) -> ast.stmt | None:
        """The query before the `add` that looks for a row of the model by a key that the new row gets too."""
        model = dotted(made.func)
        assert model is not None, "what is made has a name"
        for statement in self.module.own_nodes(function):
            if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.lineno >= add.lineno:
                continue
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            if statement.value is None or not isinstance(target, ast.Name):
                continue
            if not self._decides(function, target.id, add):
                continue
            parts = list(statement_parts(self.module, statement.value))
            if not asks_for_model(self.module, parts, model, session):
                continue
            if self._asks_for_other_row(parts, model, made):
                continue
            if self._keys_asked(parts, model) & _keys_given(made) or self._gets_by_key(parts, made):
                return statement
        return None

    def _missed_before(self, add: ast.Call, session: Session, made: ast.Call) -> ast.stmt | None:
        """The query whose `NoResultFound` the `add` answers, and that looks for a key of the new row."""
        model = dotted(made.func)
        assert model is not None, "what is made has a name"
        for around in self.module.ancestors(add):
            if isinstance(around, ast.ExceptHandler):
                block = self.module.parent(around)
                if not isinstance(block, ast.Try) or last_name(around.type or around) != "NoResultFound":
                    return None
                for statement in block.body:
                    value = statement.value if isinstance(statement, (ast.Assign, ast.Return)) else None
                    parts = list(statement_parts(self.module, value)) if value is not None else []
                    if asks_for_model(self.module, parts, model, session):
                        asked = self._keys_asked(parts, model) & _keys_given(made)
                        if asked and not self._asks_for_other_row(parts, model, made):
                            return statement
                return None
        return None

    def _refusal_before(self, function: FunctionNode, add: ast.Call, made: ast.Call) -> ast.stmt | None:
        """The call before the `add` of a function that raises where a row with the new row's key is there."""
        model = last_name(made.func)
        for statement in function.body:
            if statement.lineno >= add.lineno:
                break
            value = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
            call = value.value if isinstance(value, ast.Await) else value
            if not isinstance(call, ast.Call) or not _CHECKING.search(last_name(call)):
                continue
            found = refusal(self.project, self.module, call)
            if found is not None and found.model == model:
                if all(_is_given(made, column, value) for column, value in found.arguments):
                    return statement
        return None

    def _decides(self, function: FunctionNode, name: str, add: ast.Call) -> bool:
        """Whether the `add` runs only where what the name holds says that nothing was found."""
        flow = self.module.flow(function)
        places: list[ast.AST] = [add]
        child: ast.AST = add
        for around in self.module.ancestors(add):
            if isinstance(around, ast.If):
                # In the branch the name may be bound to the new row.
                places.append(around.body[0] if child in around.body else around.orelse[0])
            elif around is function:
                break
            child = around
        for place in places:
            if any(_says_nothing_found(test, name, outcome) for test, outcome in flow.known_at(place)):
                return True
        return any(
            isinstance(part, ast.If)
            and part.end_lineno is not None
            and part.end_lineno < add.lineno
            and isinstance(part.body[-1], (ast.Raise, ast.Return))
            and _is_found(part.test, name)
            for part in self.module.own_nodes(function)
        )

    def _asks_for_other_row(self, parts: list[ast.AST], model: str, made: ast.Call) -> bool:
        """Whether a query asks for another constant in a column than the new row gets there."""
        given = {one.arg: one.value.value for one in made.keywords if isinstance(one.value, ast.Constant)}
        return any(
            isinstance(value, ast.Constant) and given.get(column, value.value) != value.value
            for column, value in columns_compared(parts, model)
        )

    def _keys_asked(self, parts: list[ast.AST], model: str) -> set[str]:
        """The columns that a query compares, with `==` or in `filter_by`, with what is not always the same."""
        return {column for column, value in columns_compared(parts, model) if not self._is_fixed(value)}

    def _gets_by_key(self, parts: list[ast.AST], made: ast.Call) -> bool:
        """Whether `get(Model, key)` asks for the very values, all of them names, that the new row is made with."""
        given = {dotted(keyword.value) for keyword in made.keywords if not self._is_fixed(keyword.value)}
        return any(
            asked and all(dotted(one) is not None and dotted(one) in given for one in asked)
            for asked in keys_of_get(parts, dotted(made.func) or "")
        )

    def _is_fixed(self, value: ast.expr) -> bool:
        """Whether a value is always the same: the row of that key is made once, by whoever comes first."""
        if isinstance(value, ast.Constant) or last_name(value).isupper():
            return True
        return isinstance(value, ast.Name) and origins(self.module, value) == {Origin.CONSTANT}

    def _is_guarded(self, function: FunctionNode, add: ast.Call, check: ast.AST | None = None) -> bool:
        """
        Whether something in the function deals with the other request: a handler, a lock, ON CONFLICT.

        The `try` whose handler is for the row that the check does not find deals with no other request.
        """
        # A loop is a job's, which nothing need run beside; not in a route.
        by_itself = not is_route(self.module, function)
        for ancestor in self.module.ancestors(add):
            if by_itself and isinstance(ancestor, (ast.For, ast.AsyncFor, ast.While)):
                return True
            if ancestor is function:
                break
        for part in self.module.own_nodes(function):
            if isinstance(part, _TRY) and not (check is not None and self._only_misses(part, check)):
                return True
            name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
            if name and _GUARDING.search(name.lower().replace("block", "")):
                return True
            if isinstance(part, ast.keyword) and part.arg and _GUARDING.search(part.arg):
                return True
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and _LOCKING.search(part.value):
                return True
        return False

    def _only_misses(self, block: ast.AST, check: ast.AST) -> bool:
        """Whether all handlers of a `try` around a check are for a row that is not there."""
        handlers: list[ast.ExceptHandler] = getattr(block, "handlers", [])
        return block in self.module.ancestors(check) and all(
            handler.type is not None and last_name(handler.type) in _NOTHING_FOUND for handler in handlers
        )

    def _is_alone(self, add: ast.Call, session: Session) -> bool:
        """Whether what opens the session locks the database: `BEGIN IMMEDIATE` of SQLite lets one writer in."""
        for around in self.module.ancestors(add):
            if isinstance(around, (ast.With, ast.AsyncWith)):
                for item in around.items:
                    if sessions.concerns(item, session) and isinstance(item.context_expr, ast.Call):
                        found = definition_of(self.project, self.module, item.context_expr)
                        if found is not None and any(
                            isinstance(part, ast.Constant) and _ALONE.match(str(part.value))
                            for part in ast.walk(found.function)
                        ):
                            return True
        return False


def _says_nothing_found(test: ast.expr, name: str, outcome: bool) -> bool:
    """Whether a test of the name, with this outcome, tells that there is no row."""
    if isinstance(test, ast.Name):
        return test.id == name and not outcome
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == name:
        last = test.comparators[0]
        return isinstance(last, ast.Constant) and last.value is None and isinstance(test.ops[0], ast.Is) is outcome
    return False


def _is_found(test: ast.expr, name: str) -> bool:
    """Whether a test is true where the result of that name has a row: `result.first()`, `... is not None`."""
    if isinstance(test, ast.Compare):
        last = test.comparators[0]
        if not (isinstance(test.ops[0], ast.IsNot) and isinstance(last, ast.Constant) and last.value is None):
            return False
        test = test.left
    if (
        not isinstance(test, ast.Call)
        or not isinstance(test.func, ast.Attribute)
        or test.func.attr not in FETCHING_ROWS
    ):
        return False
    while isinstance(test, (ast.Call, ast.Attribute)):
        test = test.func if isinstance(test, ast.Call) else test.value
    return isinstance(test, ast.Name) and test.id == name


def _is_given(made: ast.Call, column: str, value: ast.expr) -> bool:
    """
    Whether a new row gets a value in a column, in any where `column` is "".

    By name, or among the unpacked fields of a pydantic model.
    """
    if not column:
        return any(ast.dump(keyword.value) == ast.dump(value) for keyword in made.keywords)
    for keyword in made.keywords:
        if keyword.arg == column:
            return ast.dump(keyword.value) == ast.dump(value)
    return any(
        keyword.arg is None
        and isinstance(keyword.value, ast.Call)
        and isinstance(keyword.value.func, ast.Attribute)
        and keyword.value.func.attr in _FIELDS
        and isinstance(value, ast.Attribute)
        and value.attr == column
        and ast.dump(value.value) == ast.dump(keyword.value.func.value)
        for keyword in made.keywords
    )


def _keys_given(made: ast.Call) -> set[str]:
    return {keyword.arg for keyword in made.keywords if keyword.arg}
