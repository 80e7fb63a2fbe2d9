"""AUD417: a row inserted because a query before did not find it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.callers import every_caller
from flake8_auditrules.project.definitions import definition_of
from flake8_auditrules.project.free_names import gives_free_name
from flake8_auditrules.project.refusals import refusal, sought
from flake8_auditrules.project.row_inserts import Insert, insert_behind
from flake8_auditrules.project.written_by_callers import is_written_by_callers
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions, text_inserts
from flake8_auditrules.semantics.django_inserts import check_before, number_before
from flake8_auditrules.semantics.django_rows import locks_rows
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import (
    always_parts,
    asks_for_model,
    columns_compared,
    keys_of_get,
    last_assigned,
    names_model,
)
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.row_checks import found_nothing, is_answer, is_caught
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.sessions import Session

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What a function is called that refuses what is there already; only such a one is looked up elsewhere.
_CHECKING = pattern(r"assert|avail|check|conflict|dup|ensure|exist|raise|taken|uniq|valid|verif", re.IGNORECASE)
# What a function is called that looks for a name, or a number, that nobody has.
_FREEING = pattern(r"avail|free|new|next|number|slug|uniq|unused|username", re.IGNORECASE)
# Names of functions that add a row.
_ADDING = pattern("create|add|insert|register|save")
_CREATING = pattern(r"_*(?:create|add|insert|register|save)(?:_|$)")
# What unpacks the fields of a pydantic model.
_FIELDS = frozenset({"dict", "model_dump"})
_GUARDING = pattern(
    r"lock|on_conflict|for_update|begin_nested|savepoint|serializable|isolation|upsert|integrityerror|uniqueviolation",
    re.IGNORECASE,
)
_LOCKING = pattern(r"\b(?:pg_(?:try_)?advisory_\w*lock|get_lock|for\s+update|lock\s+tables?)\b", re.IGNORECASE)
_ONCE = pattern(
    r"(?:^|_)(?:re)?(?:seed|set_?up|init|bootstrap|startup|lifespan|migrat|backfill|default|populate|fixture|sync|import|"
    r"provision)",
    re.IGNORECASE,
)
# What a process is called by others.
_OWN = pattern(r"_?(?:owner|worker|instance|host|node|process|consumer|replica)(?:_?(?:id|name))?|hostname|pid")
# Files that fill a database at the start.
_SEEDS = pattern(r"(?:^|[/\\_])(?:seed|seeds|seeder|seeding|seed_?\w*|bootstrap|fixtures)\.py$", re.IGNORECASE)
_SINGLE = pattern(r"(?:Collector|Scheduler|Reconciler|Aggregator)$")
# Commands, migrations, and factories of rows for tests.
_AT_HAND = pattern(r"[/\\](?:migrations|management[/\\]commands)[/\\]|(?:^|[/\\_])factories\.py$")
# What runs functions in threads, or answers requests in several.
_THREADED = (
    "threading",
    "concurrent",
    "fastapi",
    "flask",
    "starlette",
    "django",
    "bottle",
    "socketserver",
    "http",
)
_ALONE = pattern(r"\s*BEGIN\s+(?:IMMEDIATE|EXCLUSIVE)\b", re.IGNORECASE)


_CHECK = "check"


class CheckThenInsert(Rule):
    """
    ## What it does
    Finds functions that ask whether a row is there, and add a row of the same model with the same key where
    it is not, without a handler, savepoint, lock or `ON CONFLICT`. They may ask through a function of the project
    that raises where there is such a row, or gives it, and add the row through another one
    (`users.get_by_email(email)`, then `users.create(email=email)`), or have a function try one name after the
    other until no row has it (`Team(slug=await unique_slug(name))`). SELECT and INSERT that are written out count
    as well where they name the same table and value. Of Django, `Model.objects.create(...)` counts where all that
    the query asks for is given to the new row, and where the new row's number is one more than that of the last
    (`number=last.number + 1`).

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
    call_names = ("add", "create", "save", *database.TEXT_SENDING)
    message = "`{add}` trusts the {what} of line {line}, which two requests pass at once; {cure}"
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
        if isinstance(function, ast.Attribute) and function.attr in ("create", "save"):
            self._look_at_django(node)
            return
        if isinstance(function, ast.Attribute) and function.attr in database.TEXT_SENDING:
            self._look_at_text(node)
            return
        if not isinstance(function, ast.Attribute) or function.attr != "add" or len(node.args) != 1:
            return
        if self.module.is_test or is_command_line(self.module) or sessions.is_migration(self.module):
            return
        owner = self.module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or self._is_done_once(owner) or self._is_single(owner):
            return
        if self._is_handed_over(owner, function.value):
            return
        session = sessions.session_of(self.module, function.value)
        if session is None:
            return
        made = self._made(node.args[0])
        check: ast.AST | None
        if made is None:
            check = self._check_of_itself(node, session)
        else:
            check = (
                self._missed_before(node, session, made)
                or self._check_for(node, session, made)
                or self._sought_before(node, made)
                or self._refusal_before(owner, node, made)
                or self._free_name_before(last_name(made.func), made.keywords)
            )
        if check is None or self._is_guarded(owner, node) or self._is_alone(node, session):
            self.passed(node)
            return
        self.report(
            node, add=self.module.call_text(node), what=_CHECK, line=str(check.lineno), cure="catch IntegrityError"
        )

    def visit_Module(self, node: ast.Module) -> None:
        """Report calls that add a row which another function of the project was asked for and did not find."""
        module = self.module
        if module.is_test or is_command_line(module) or sessions.is_migration(module):
            return
        if not self.project.is_marked:
            # What other files do is asked only within a project.
            return
        for name, calls in module.calls_named_like(_ADDING):
            for call in calls if _CREATING.match(name) else ():
                owner = module.function_of(call)
                if isinstance(owner, _FUNCTIONS) and (call.args or call.keywords):
                    self._look_at_call(owner, call)

    def _look_at_call(self, owner: FunctionNode, call: ast.Call) -> None:
        """Report a call of a function that adds a row, where a call before it has found none with the same key."""
        asking = [one for one in map(self._call_behind, found_nothing(self.module, call)) if one is not None]
        if not asking or self._is_done_once(owner) or self._is_single(owner):
            return
        for asked in asking:
            if not (asked.args or asked.keywords) or not self._is_of_same(asked, call):
                continue
            found = sought(self.project, self.module, asked)
            values = [] if found is None else [value for _, value in found.arguments if not self._is_fixed(value)]
            if found is None or not values or not all(self._is_handed(call, value) for value in values):
                continue
            added = insert_behind(self.project, self.module, call)
            if added is None or not self._is_row_of(call, found.model, added):
                continue
            if self._is_guarded(owner, call):
                self.passed(call)
            else:
                cure = "catch IntegrityError"
                self.report(call, add=self.module.call_text(call), what=_CHECK, line=str(asked.lineno), cure=cure)
            return

    def _is_of_same(self, asked: ast.Call, added: ast.Call) -> bool:
        """Whether two calls are of the same object's methods, or of two functions that are not methods."""
        first, second = asked.func, added.func
        if isinstance(first, ast.Attribute) and isinstance(second, ast.Attribute):
            return ast.dump(first.value) == ast.dump(second.value)
        return isinstance(first, ast.Name) and isinstance(second, ast.Name)

    def _is_handed(self, call: ast.Call, value: ast.expr) -> bool:
        """Whether a call is given a value: itself, in a row that is made of it, or with its object."""
        texts = {ast.dump(value)}
        if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name):
            texts.add(ast.dump(value.value))
        for given in (*call.args, *(keyword.value for keyword in call.keywords)):
            if ast.dump(given) in texts:
                return True
            made = self._made(given)
            if made is not None and any(ast.dump(one.value) in texts for one in made.keywords):
                return True
        return False

    def _is_row_of(self, call: ast.Call, model: str, added: Insert) -> bool:
        """Whether what a call adds is a row of a model."""
        if not added.is_given:
            return added.model == model
        made = [self._made(given) for given in (*call.args, *(keyword.value for keyword in call.keywords))]
        return any(one is not None and last_name(one.func) == model for one in made)

    def _look_at_django(self, node: ast.Call) -> None:
        """Report a row of Django's that is created because a query of the function did not find it."""
        module = self.module
        owner = module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or not module.attributes_named("objects"):
            return
        what, check = _CHECK, check_before(module, owner, node) or self._free_name_of_django(node)
        cure = "use `get_or_create()` over a unique constraint"
        if check is None:
            what, check = "number", number_before(module, owner, node)
            cure = "lock what it belongs to (`select_for_update()`), or catch IntegrityError and count again"
            if check is not None and self._is_locked_by_caller(owner):
                return
        if check is None or module.is_test or is_command_line(module) or _AT_HAND.search(module.path):
            return
        if self._is_done_once(owner) or self._is_guarded(owner, node):
            self.passed(node)
            return
        self.report(node, add=module.call_text(node), what=what, line=str(check.lineno), cure=cure)

    def _free_name_of_django(self, create: ast.Call) -> ast.expr | None:
        """The call that has looked for a value that no row has, and that `Book.objects.create(slug=...)` gives."""
        manager = create.func.value if isinstance(create.func, ast.Attribute) else None
        if not isinstance(manager, ast.Attribute) or manager.attr != "objects":
            return None
        return self._free_name_before(last_name(manager.value), create.keywords)

    def _free_name_before(self, model: str, given: list[ast.keyword]) -> ast.expr | None:
        """The call of a function that has looked for a value that no row has, which the new row gets."""
        for one in given:
            if one.arg is None or not isinstance(one.value, (ast.Await, ast.Call, ast.Name)):
                continue
            call = self._call_behind(one.value)
            if call is not None and _FREEING.search(last_name(call)):
                if gives_free_name(self.project, self.module, call, model, one.arg):
                    return call
        return None

    def _is_locked_by_caller(self, function: FunctionNode) -> bool:
        """Whether a caller of a function locks rows."""
        return any(
            isinstance(around := caller.module.function_of(caller.call), _FUNCTIONS)
            and locks_rows(caller.module, around)
            for caller in every_caller(self.project, self.module, function)
        )

    def _look_at_text(self, node: ast.Call) -> None:
        """Report an INSERT that is written out and runs because a SELECT of the function found no such row."""
        module = self.module
        if not text_inserts.is_insert(module, node):
            return
        owner = module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or module.is_test or is_command_line(module):
            return
        if self._is_done_once(owner) or self._is_single(owner) or sessions.is_migration(module):
            return
        check = text_inserts.check_before_text(module, owner, node)
        if check is None:
            return
        if self._is_guarded(owner, node) or not self._runs_beside_others(owner, node) or self._is_in_locking(node):
            self.passed(node)
            return
        self.report(node, add=module.call_text(node), what=_CHECK, line=str(check.lineno), cure="use ON CONFLICT")

    def _runs_beside_others(self, function: FunctionNode, insert: ast.Call) -> bool:
        """
        Whether a function that talks to a database of its own may run twice at once.

        With the sqlite3 of one program it does only in threads. Where a transaction begins that locks, or for a
        private method beside a lock of its class, it does not.
        """
        module = self.module
        if module.imports("sqlite3") or text_inserts.is_for_sqlite(module, insert):
            if not (is_route(module, function) or module.imports(*_THREADED)):
                return False
        if any(_ALONE.match(part.value) for part in module.nodes(ast.Constant) if isinstance(part.value, str)):
            return False
        return not (function.name.startswith("_") and any(_holds_lock(part) for part in self._withs(function)))

    def _is_in_locking(self, node: ast.Call) -> bool:
        """Whether a function of the project that opens a block around a place locks the database."""
        return any(
            self._locks(item)
            for around in self.module.ancestors(node)
            if isinstance(around, (ast.With, ast.AsyncWith))
            for item in around.items
        )

    def _locks(self, item: ast.withitem) -> bool:
        if not isinstance(item.context_expr, ast.Call):
            return False
        found = definition_of(self.project, self.module, item.context_expr)
        return found is not None and any(
            isinstance(part, ast.Constant) and _ALONE.match(str(part.value)) for part in ast.walk(found.function)
        )

    def _withs(self, function: FunctionNode) -> Iterator[ast.With | ast.AsyncWith]:
        """The `with` blocks of the class, or of the module, that a function is defined in."""
        around = self.module.parent(function)
        blocks: list[ast.With | ast.AsyncWith] = [*self.module.nodes(ast.With), *self.module.nodes(ast.AsyncWith)]
        for block in blocks:
            if any(one is around for one in self.module.ancestors(block)):
                yield block

    def _is_done_once(self, function: FunctionNode) -> bool:
        """Whether a function, or its file, is named for what is done once, at the start; routes are not."""
        if is_route(self.module, function):
            return False
        return _ONCE.search(function.name) is not None or _SEEDS.search(self.module.path) is not None

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
            values = [value for _, value in last_assigned(self.module, added)]
            if len(values) != 1:
                # What was found before may be added again.
                return None
            added = values[0]
        if isinstance(added, ast.Call) and last_name(added.func)[:1].isupper() and dotted(added.func) is not None:
            return added
        return None

    def _check_for(self, add: ast.Call, session: Session, made: ast.Call) -> ast.expr | None:
        """The answer that was none before the `add`, of a query by a key that the new row gets too."""
        model = dotted(made.func)
        assert model is not None, "what is made has a name"
        for answer in found_nothing(self.module, add):
            if not is_answer(self.module, answer):
                continue
            parts = list(always_parts(self.module, answer))
            if not asks_for_model(self.module, parts, model, session):
                continue
            if self._asks_for_other_row(parts, model, made):
                continue
            if self._gets_asked_key(parts, model, add, made) or self._gets_by_key(parts, made):
                return answer
        return None

    def _gets_asked_key(self, parts: list[ast.AST], model: str, add: ast.Call, made: ast.Call) -> bool:
        """Whether the new row gets a value in a column that the query compares with what may change."""
        given = _keys_given(made)
        set_later = self._set_before(add)
        for column, value in columns_compared(parts, model):
            if self._is_fixed(value):
                continue
            if column in given or (column in set_later and ast.dump(set_later[column]) == ast.dump(value)):
                return True
            if _is_given(made, column, value):
                return True
        return False

    def _set_before(self, add: ast.Call) -> dict[str, ast.expr]:
        """What `row.column = value` sets in the block of `add(row)` before it, by column."""
        row = add.args[0]
        statement = self.module.statement(add)
        block = getattr(self.module.parent(statement), "body", ())
        if not isinstance(row, ast.Name) or statement not in block:
            return {}
        found: dict[str, ast.expr] = {}
        for earlier in block[: block.index(statement)]:
            target = earlier.targets[0] if isinstance(earlier, ast.Assign) else None
            if (
                isinstance(target, ast.Attribute)
                and isinstance(target.value, ast.Name)
                and target.value.id == row.id
            ):
                found[target.attr] = earlier.value
        return found

    def _check_of_itself(self, add: ast.Call, session: Session) -> ast.expr | None:
        """The answer that was none before the `add` of a row, of a query for the very key that this row has."""
        row = add.args[0]
        for answer in found_nothing(self.module, add) if isinstance(row, ast.Name) else ():
            if not is_answer(self.module, answer):
                continue
            parts = list(always_parts(self.module, answer))
            for part in parts:
                if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq):
                    column, value = part.left, part.comparators[0]
                    if not isinstance(column, ast.Attribute) or not isinstance(value, ast.Attribute):
                        continue
                    if column.attr == value.attr and ast.dump(value.value) == ast.dump(row):
                        model = dotted(column.value)
                        if model is not None and names_model(column.value):
                            if asks_for_model(self.module, parts, model, session):
                                return answer
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
                    parts = list(always_parts(self.module, value)) if value is not None else []
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

    def _sought_before(self, add: ast.Call, made: ast.Call) -> ast.expr | None:
        """The call before the `add` of a function that gives the row with the new row's key, and gave None."""
        given = {ast.dump(keyword.value) for keyword in made.keywords}
        unpacked = any(keyword.arg is None for keyword in made.keywords)
        for answer in found_nothing(self.module, add):
            call = self._call_behind(answer)
            if call is None:
                continue
            arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
            if not unpacked and given.isdisjoint(ast.dump(argument) for argument in arguments):
                continue
            found = sought(self.project, self.module, call)
            if found is not None and found.model == last_name(made.func) and self._has_key(made, found.arguments):
                return call
        return None

    def _call_behind(self, answer: ast.expr) -> ast.Call | None:
        """The one call that an answer is, or that its name was assigned."""
        if isinstance(answer, ast.Name):
            values = [value for _, value in last_assigned(self.module, answer)]
            if len(values) != 1:
                return None
            answer = values[0]
        if isinstance(answer, ast.Await):
            answer = answer.value
        return answer if isinstance(answer, ast.Call) else None

    def _has_key(self, made: ast.Call, asked: tuple[tuple[str, ast.expr], ...]) -> bool:
        """Whether a new row gets what was asked for: not all of it the same each time, and no other constant."""
        constants = {one.arg: one.value.value for one in made.keywords if isinstance(one.value, ast.Constant)}
        changing = False
        for column, value in asked:
            if isinstance(value, ast.Constant):
                if constants.get(column, value.value) != value.value:
                    return False
            elif not _is_given(made, column, value):
                return False
            changing = changing or not self._is_fixed(value)
        return changing

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
        if isinstance(value, ast.Attribute) and dotted(value.value) == "self" and _OWN.fullmatch(value.attr):
            # The row of this very process: no other one writes it.
            return True
        if not isinstance(value, ast.Name):
            return False
        bindings = self.module.bindings(value)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER:
            function = self.module.function_of(value)
            if not isinstance(function, _FUNCTIONS) or not function.name.startswith("_"):
                # Others may call it with another key.
                return False
            return is_written_by_callers(self.project, self.module, value)
        return origins(self.module, value) == {Origin.CONSTANT}

    def _is_guarded(self, function: FunctionNode, add: ast.Call) -> bool:
        """
        Whether something in the function deals with the other request: a handler, a lock, ON CONFLICT.

        A handler counts that takes what the insert raises, or what the statements behind it do.
        """
        # A loop is a job's, which nothing need run beside; not in a route.
        by_itself = not is_route(self.module, function)
        for ancestor in self.module.ancestors(add):
            if by_itself and isinstance(ancestor, (ast.For, ast.AsyncFor, ast.While)):
                return True
            if ancestor is function:
                break
        for part in self.module.own_nodes(function):
            name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
            if name and _GUARDING.search(name.lower().replace("block", "")):
                return True
            if isinstance(part, ast.keyword) and part.arg and _GUARDING.search(part.arg):
                return True
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and _LOCKING.search(part.value):
                return True
        return is_caught(self.module, function, add)

    def _is_alone(self, add: ast.Call, session: Session) -> bool:
        """Whether what opens the session locks the database: `BEGIN IMMEDIATE` of SQLite lets one writer in."""
        return any(
            sessions.concerns(item, session) and self._locks(item)
            for around in self.module.ancestors(add)
            if isinstance(around, (ast.With, ast.AsyncWith))
            for item in around.items
        )


def _holds_lock(block: ast.With | ast.AsyncWith) -> bool:
    return any("lock" in last_name(item.context_expr).lower() for item in block.items)


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
