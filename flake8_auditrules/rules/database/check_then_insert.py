"""AUD417: a row inserted because a query before did not find it."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.insert_guards import (
    is_alone,
    is_done_once,
    is_guarded,
    is_handed_over,
    is_in_locking,
    is_locked_by_caller,
    is_single,
    runs_beside_others,
)
from flake8_auditrules.project.key_checks import (
    call_behind,
    check_before_add,
    check_of_itself,
    free_name_of_django,
    holds,
    is_fixed,
    made_by,
    model_of,
    title_of,
    unpacked,
)
from flake8_auditrules.project.refusals import sought
from flake8_auditrules.project.row_inserts import GENERIC, Insert, adds_itself, insert_behind
from flake8_auditrules.project.uncalled import is_out_of_reach
from flake8_auditrules.project.undisturbed import is_caught_by_callers, is_undisturbed
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions, text_inserts
from flake8_auditrules.semantics.django_inserts import check_before, number_before
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.next_numbers import number_counted
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.row_checks import found_nothing
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Names of functions that add a row.
_ADDING = pattern("create|add|insert|register|save")
_CREATING = pattern(r"_*(?:create|add|insert|register|save)(?:_|$)")
# Commands, migrations, and factories of rows for tests.
_AT_HAND = pattern(r"[/\\](?:migrations|management[/\\]commands)[/\\]|(?:^|[/\\_])factories\.py$")


_CHECK = "check"
# Methods of a model by which a row adds itself.
_SAVING = ("save", "add_to_db", "insert", "save_to_db")


class CheckThenInsert(Rule):
    """
    ## What it does
    Finds functions that ask whether a row is there, and add a row of the same model with the same key where it
    is not, without a handler, savepoint, lock or `ON CONFLICT`. They may ask through a function of the project
    that raises where there is such a row, or gives it, and add the row through another one
    (`users.get_by_email(email)` or `users.is_taken(email)`, then `users.create(email=email)`, or `user.save()`
    where that method adds it), count from the highest number there is (`number=last + 1`), or have a function
    try one name after the other until no row has it (`Team(slug=await unique_slug(name))`). SELECT and INSERT
    that are written out count as well where they name the same table and value. Of Django,
    `Model.objects.create(...)` counts where all that the query asks for is given to the new row, be it in a dict
    (`create(**validated_data)`), and where the new row's number is one more than that of the last
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
    call_names = ("add", "create", "create_user", *_SAVING, *database.TEXT_SENDING)
    message = "`{add}` trusts the {what} of line {line}, which two requests pass at once; {cure}"
    examined = "rows added here rest on no unguarded check"
    reach = Reach.PROJECT

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
        if isinstance(function, ast.Attribute) and function.attr in ("create", "create_user", "save"):
            self._look_at_django(node)
            return
        if isinstance(function, ast.Attribute) and function.attr in _SAVING:
            owner = self.module.function_of(node)
            if isinstance(owner, _FUNCTIONS):
                self._look_at_own_save(owner, node)
            return
        if isinstance(function, ast.Attribute) and function.attr in database.TEXT_SENDING:
            self._look_at_text(node)
            return
        if not isinstance(function, ast.Attribute) or function.attr != "add" or len(node.args) != 1:
            return
        if self.module.is_test or is_command_line(self.module) or sessions.is_migration(self.module):
            return
        owner = self.module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or is_done_once(self.module, owner) or is_single(self.module, owner):
            return
        if is_handed_over(self.module, owner, function.value):
            return
        session = sessions.session_of(self.module, function.value)
        if session is None:
            return
        made = made_by(self.module, node.args[0])
        check: ast.expr | ast.stmt | None
        what = _CHECK
        if made is None:
            check = check_of_itself(self.module, node, session)
        else:
            check = check_before_add(self.project, self.module, owner, node, made, session)
            if check is None:
                what, check = "number", number_counted(self.module, owner, made, model_of(made) or "")
        if (
            check is None
            or is_guarded(self.project, self.module, owner, node)
            or is_alone(self.project, self.module, node, session)
            or self._is_kept_apart(owner, check, node)
        ):
            self.passed(node)
            return
        cure = "catch IntegrityError" if what == _CHECK else "catch IntegrityError and count again"
        self.report(node, add=self.module.call_text(node), what=what, line=str(check.lineno), cure=cure)

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
        asking = [
            one
            for one in (call_behind(self.module, answer) for answer in found_nothing(self.module, call))
            if one is not None
        ]
        if not asking or is_done_once(self.module, owner) or is_single(self.module, owner):
            return
        for asked in asking:
            if not (asked.args or asked.keywords) or not self._is_of_same(asked, call):
                continue
            found = sought(self.project, self.module, asked)
            values = (
                []
                if found is None
                else [value for _, value in found.arguments if not is_fixed(self.project, self.module, value)]
            )
            if found is None or not values or not all(self._is_handed(call, value) for value in values):
                continue
            added = insert_behind(self.project, self.module, call)
            if added is None or not self._is_row_of(call, found.model, added):
                continue
            if is_guarded(self.project, self.module, owner, call) or self._is_kept_apart(owner, asked, call):
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
            if ast.dump(given) in texts or holds(self.module, given, "", value):
                return True
            made = made_by(self.module, given)
            if made is not None and any(ast.dump(one.value) in texts for one in made.keywords):
                return True
            whole = unpacked(self.module, given)
            if whole is not None and ast.dump(whole) in texts:
                return True
        return False

    def _is_row_of(self, call: ast.Call, model: str, added: Insert) -> bool:
        """Whether what a call adds is a row of a model."""
        if not added.is_given:
            # A repository of any model adds rows of the one that it is asked for.
            return added.model == model or added.model in GENERIC
        made = [
            made_by(self.module, given) for given in (*call.args, *(keyword.value for keyword in call.keywords))
        ]
        return any(one is not None and title_of(one) == model for one in made)

    def _look_at_django(self, node: ast.Call) -> None:
        """Report a row of Django's that is created because a query of the function did not find it."""
        module = self.module
        owner = module.function_of(node)
        if not isinstance(owner, _FUNCTIONS):
            return
        if not module.attributes_named("objects"):
            self._look_at_own_save(owner, node)
            return
        what, check = (
            _CHECK,
            check_before(module, owner, node) or free_name_of_django(self.project, self.module, node),
        )
        makes_user = last_name(node) == "create_user"
        cure = "catch IntegrityError" if makes_user else "use `get_or_create()` over a unique constraint"
        if check is None:
            what, check = "number", number_before(module, owner, node)
            cure = "lock what it belongs to (`select_for_update()`), or catch IntegrityError and count again"
            if check is not None and is_locked_by_caller(self.project, self.module, owner):
                return
        if check is None or module.is_test or is_command_line(module) or _AT_HAND.search(module.path):
            return
        if (
            is_done_once(module, owner)
            or is_guarded(self.project, module, owner, node)
            or self._is_kept_apart(owner, check, node)
        ):
            self.passed(node)
            return
        self.report(node, add=module.call_text(node), what=what, line=str(check.lineno), cure=cure)

    def _look_at_own_save(self, owner: FunctionNode, node: ast.Call) -> None:
        """Report `row.save()`, a method of the project that adds the row, where a query did not find it."""
        module = self.module
        row = node.func.value if isinstance(node.func, ast.Attribute) and node.func.attr in _SAVING else None
        made = made_by(module, row) if isinstance(row, ast.Name) else None
        if made is None or module.is_test or is_command_line(module) or is_done_once(module, owner):
            return
        check = check_before_add(self.project, module, owner, node, made, None)
        if check is None or not adds_itself(self.project, module, node):
            return
        if is_guarded(self.project, module, owner, node) or self._is_kept_apart(owner, check, node):
            self.passed(node)
            return
        line = str(check.lineno)
        self.report(node, add=module.call_text(node), what=_CHECK, line=line, cure="catch IntegrityError")

    def _is_kept_apart(self, owner: FunctionNode, asked: ast.AST, added: ast.Call) -> bool:
        """Whether who runs or calls a function leaves no room for a twin, takes its error, or never comes here."""
        return (
            is_undisturbed(self.project, self.module, owner, asked, added)
            or is_caught_by_callers(self.project, self.module, owner)
            or is_out_of_reach(self.project, self.module, owner)
        )

    def _look_at_text(self, node: ast.Call) -> None:
        """Report an INSERT that is written out and runs because a SELECT of the function found no such row."""
        module = self.module
        if not text_inserts.is_insert(module, node):
            return
        owner = module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or module.is_test or is_command_line(module):
            return
        if is_done_once(self.module, owner) or is_single(self.module, owner) or sessions.is_migration(module):
            return
        check = text_inserts.check_before_text(module, owner, node)
        if check is None:
            return
        if (
            is_guarded(self.project, self.module, owner, node)
            or not runs_beside_others(self.module, owner, node)
            or is_in_locking(self.project, self.module, node)
            or self._is_kept_apart(owner, check, node)
        ):
            self.passed(node)
            return
        self.report(node, add=module.call_text(node), what=_CHECK, line=str(check.lineno), cure="use ON CONFLICT")
