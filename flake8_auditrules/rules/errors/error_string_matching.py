"""AUD314: control flow on the text of an error that has a class or a code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from flake8_auditrules.knowledge import exceptions
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.requirements import python_versions
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers

# What the code of an error is called.
_CODES = frozenset({"code", "pgcode", "sqlstate", "status", "status_code"})
# A sentence, where a wording that stands for a code is a word or three: `no longer available`.
_WORDS_OF_A_SENTENCE = 5
# What SQLite says of a lock; beside the wordings of other databases no code is the code of all.
_OF_SQLITE = pattern(r"\b(?:busy|locked)\b", re.IGNORECASE)
# The names of the classes that a handler catches, or a parameter stands for.
_Names = tuple[str | None, ...]
# What a parameter is called that stands for an exception.
_EXCEPTION = pattern(r"e|ex|exc|err|error|exception|\w+_(?:error|exc|exception)")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TESTS = (ast.BoolOp, ast.Call, ast.Compare)
# The address of a server is no wording.
_ADDRESS = pattern(r"\S+:\d+|localhost|\w+://\S*")


class ErrorStringMatching(Rule):
    """
    ## What it does
    Finds decisions by `"text" in str(error)` in handlers of libraries that give the same answer by a class or
    a code: psycopg, asyncpg, sqlite3, SQLAlchemy, PyMySQL, botocore, httpx, requests, redis, and in functions that
    are given such an exception. In handlers for every exception the codes of AWS count, and what databases say of
    a value that breaks a constraint.

    ## Why it matters
    Messages change with the version of the library or the server and with the server's language; then the
    decision goes the other way, and no test of the code fails.

    ## When to silence it
    When the wanted detail stands nowhere but in the text. Projects that run on a Python below 3.11, where sqlite3
    has no codes yet, are silent for its errors.
    """

    code = "AUD314"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    reach = Reach.CALLEES
    since = "0.1.0"
    message = "`{test}` decides by the wording of an error; use {cure}"
    examined = "handlers that could ask for a class or code do not go by an error's wording"

    bad = (
        """
        import psycopg2

        def add(cursor, name):
            try:
                cursor.execute("insert into users values (%s)", (name,))
            except psycopg2.Error as error:
                if "duplicate key" in str(error):  # AUD314
                    return False
                raise
        """,
    )
    good = (
        """
        import psycopg2.errors

        def add(cursor, name):
            try:
                cursor.execute("insert into users values (%s)", (name,))
            except psycopg2.errors.UniqueViolation:
                return False
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report the first test of a handler that looks for words in the text of its exception."""
        if node.name is None or node.type is None:
            return
        caught = handlers.caught(self.module, node)
        parts = handlers.parts_of(self.module, node)
        self._look_at(node, node.name, caught, parts, is_broad=handlers.is_broad(self.module, node))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report the first such test of a function that is given an exception."""
        self._look_at_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report the first such test of a coroutine that is given an exception."""
        self._look_at_function(node)

    def _look_at_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            if _EXCEPTION.fullmatch(one.arg) is None or one.annotation is None:
                continue
            given = handlers.caught_by(self.module, one.annotation)
            parts = tuple(self.module.own_nodes(node))
            self._look_at(node, one.arg, given, parts, is_broad=given == ("builtins.Exception",))

    def _look_at(
        self, node: ast.AST, name: str, caught: _Names, parts: tuple[ast.AST, ...], *, is_broad: bool
    ) -> None:
        """Report the first test among the parts of a handler or function that goes by the exception's words."""
        cure = self._cure(caught)
        if (cure is None and not is_broad) or self.module.imports("alembic"):
            # Migrations deal with several databases at a time, which agree in no code.
            return
        texts = {name} | self._held_texts(parts, name)
        for part in parts:
            test = _test_of(part, parts)
            compared = _compared_text(test, name, texts) if test is not None else None
            if compared is not None and not (
                self._asks_code(part, node)
                or self._is_own_text(compared)
                or self._tells_apart_under_one_code(compared, caught)
                or self._is_lock_behind_sqlalchemy(compared, caught)
                or self._is_plain_answer_of_redis(compared, caught)
            ):
                offered = cure or self._cure_of_wording(compared)
                if offered is None:
                    continue
                self.report(part, test=self.module.text(compared), cure=offered)
                return
        self.passed(node)

    def _asks_code(self, test: ast.AST, handler: ast.AST) -> bool:
        """Whether a test, or one around it in the handler, asks for a code: the text is a detail that has none."""
        if _asks_status(getattr(test, "test", test)):
            return True
        for ancestor in self.module.ancestors(test):
            if ancestor is handler:
                return False
            if isinstance(ancestor, (ast.If, ast.IfExp)) and (
                _asks_status(ancestor.test) or (isinstance(handler, _FUNCTIONS) and _asks_class(ancestor.test))
            ):
                return True
        return False

    def _is_own_text(self, compared: ast.expr) -> bool:
        """Whether the module itself raises an exception with the wording that is looked for."""
        word = compared.left if isinstance(compared, ast.Compare) else None
        if not isinstance(word, ast.Constant) or not isinstance(word.value, str):
            return False
        return any(
            isinstance(part, ast.Constant) and isinstance(part.value, str) and word.value in part.value
            for raised in self.module.nodes(ast.Raise)
            if raised.exc is not None
            for part in ast.walk(raised.exc)
        )

    def _tells_apart_under_one_code(self, compared: ast.expr, caught: _Names) -> bool:
        """
        Whether a whole sentence is looked for in an error of AWS.

        Its services have few codes (`ValidationError`, `RequestError`) for many sentences.
        """
        word = compared.left if isinstance(compared, ast.Compare) else None
        return (
            isinstance(word, ast.Constant)
            and isinstance(word.value, str)
            and len(word.value.split()) >= _WORDS_OF_A_SENTENCE
            and any((name or "").startswith("botocore.") for name in caught)
        )

    def _is_lock_behind_sqlalchemy(self, compared: ast.expr, caught: _Names) -> bool:
        """
        Whether SQLite's wording of a lock is looked for in an error of SQLAlchemy.

        The class of both errors is OperationalError for much else; sqlite3 has had a code since Python 3.11 only.
        """
        word = compared.left if isinstance(compared, ast.Compare) else None
        return (
            isinstance(word, ast.Constant)
            and isinstance(word.value, str)
            and _OF_SQLITE.search(word.value) is not None
            and any((name or "").startswith("sqlalchemy.") for name in caught)
        )

    def _is_plain_answer_of_redis(self, compared: ast.expr, caught: _Names) -> bool:
        """Whether Redis's wording is one of those that its client has no class for."""
        word = compared.left if isinstance(compared, ast.Compare) else None
        return (
            isinstance(word, ast.Constant)
            and isinstance(word.value, str)
            and any((name or "").startswith("redis.") for name in caught)
            and not any(known in word.value.lower() for known in exceptions.OF_REDIS)
        )

    def _cure(self, caught: _Names) -> str | None:
        """What the caught classes offer instead; None where one of them is not in the table."""
        cure: str | None = None
        for name in caught:
            if name is None or self._is_narrow(name):
                return None
            package = next((prefix for prefix in exceptions.CODES if name.startswith(f"{prefix}.")), None)
            if package is None or self._comes_later(package):
                return None
            cure = cure or exceptions.CODES[package]
        return cure

    def _comes_later(self, package: str) -> bool:
        """Whether the project runs on a Python whose library does not have the code yet."""
        since = exceptions.SINCE.get(package)
        versions = python_versions(self.project) if since is not None else None
        return since is not None and versions is not None and not versions.is_at_least(since)

    def _cure_of_wording(self, compared: ast.expr) -> str | None:
        """What a library offers for a wording that is its own, whatever class is caught."""
        word = compared.left if isinstance(compared, ast.Compare) else None
        if not isinstance(word, ast.Constant) or not isinstance(word.value, str):
            return None
        if word.value in exceptions.CODES_OF_AWS:
            return (
                f"`ClientError` and {exceptions.CODES['botocore']}"
                if self.module.imports(*exceptions.AWS)
                else None
            )
        said = word.value.lower()
        found = [
            offered
            for package, (wording, offered) in exceptions.OF_UNIQUENESS.items()
            if (said in wording or wording in said) and len(said.split()) > 1 and self.module.imports(package)
        ]
        if not found:
            found = [
                offered
                for package, offered in exceptions.OF_INTEGRITY.items()
                if self.module.imports(package)
                and len(said.split()) > 1
                and any(said in wording or wording in said for wording in exceptions.INTEGRITY)
            ]
        return found[0] if len(found) == 1 else None

    def _is_narrow(self, name: str) -> bool:
        """Whether a caught class is one that its library has no narrower classes of."""
        package, _, class_name = name.partition(".")
        general = exceptions.GENERAL.get(package)
        if general is None:
            return class_name.startswith("errors.")
        return class_name.rpartition(".")[2] not in general

    def _held_texts(self, parts: Iterable[ast.AST], name: str) -> set[str]:
        """The local names that hold the exception's text."""
        return {
            target.id
            for part in parts
            if isinstance(part, (ast.Assign, ast.NamedExpr)) and _is_text(part.value, {name})
            for target in (part.targets if isinstance(part, ast.Assign) else [part.target])
            if isinstance(target, ast.Name)
        }


def _test_of(part: ast.AST, parts: Sequence[ast.AST]) -> ast.expr | None:
    """What a part of a handler decides by, also under a name that another one asks: `is_known = "x" in str(e)`."""
    if isinstance(part, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return part.test
    target = part.targets[0] if isinstance(part, ast.Assign) else None
    if isinstance(part, ast.Assign) and isinstance(target, ast.Name) and isinstance(part.value, _TESTS):
        if any(
            isinstance(name, ast.Name) and name.id == target.id
            for other in parts
            if isinstance(other, (ast.If, ast.While, ast.IfExp))
            for name in ast.walk(other.test)
        ):
            return part.value
    return None


def _compared_text(test: ast.expr, name: str, texts: set[str]) -> ast.expr | None:
    """
    The part of a test that looks for a constant in the exception's text.

    Beside the name of a constraint, the others are names too: of its columns or its table.
    """
    if any(
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], (ast.In, ast.NotIn))
        and _is_name_of_constraint(part.left)
        and _is_text(part.comparators[0], texts, name)
        for part in ast.walk(test)
    ) or _is_of_several_databases(test, texts, name):
        return None
    for part in ast.walk(test):
        if isinstance(part, ast.GeneratorExp):
            # `any(word in str(error) for word in ("unique", "duplicate"))`
            words = part.generators[0].iter
            if (
                isinstance(part.elt, ast.Compare)
                and isinstance(part.elt.ops[0], (ast.In, ast.NotIn))
                and isinstance(part.elt.left, ast.Name)
                and isinstance(words, (ast.List, ast.Set, ast.Tuple))
                and words.elts
                and all(_is_word(word) for word in words.elts)
                and _is_text(part.elt.comparators[0], texts, name)
            ):
                return ast.copy_location(ast.Compare(words.elts[0], part.elt.ops, part.elt.comparators), part.elt)
        elif isinstance(part, ast.Compare) and isinstance(part.ops[0], (ast.In, ast.NotIn)):
            if _is_word(part.left) and _is_text(part.comparators[0], texts, name):
                return part
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr in ("startswith", "endswith") and _is_text(part.func.value, texts, name):
                return part
    return None


def _is_word(expression: ast.expr) -> bool:
    """Whether an expression is a wording that has a code; with underscores it is the name of a constraint."""
    if not isinstance(expression, ast.Constant) or not isinstance(expression.value, str):
        return False
    word = expression.value
    return (
        "_" not in word
        and _ADDRESS.fullmatch(word) is None
        and not any(plain in word.lower() for plain in exceptions.WITHOUT_CODE)
    )


def _is_of_several_databases(test: ast.expr, texts: set[str], name: str) -> bool:
    """Whether a test looks for a wording of SQLite's and one of another database."""
    wordings = [
        part.left.value
        for part in ast.walk(test)
        if isinstance(part, ast.Compare)
        and isinstance(part.left, ast.Constant)
        and isinstance(part.left.value, str)
        and _is_text(part.comparators[0], texts, name)
    ]
    return len({_OF_SQLITE.search(wording) is not None for wording in wordings}) > 1


def _is_name_of_constraint(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and isinstance(expression.value, str) and "_" in expression.value


def _asks_class(test: ast.expr) -> bool:
    """Whether a test asks which class an exception is of."""
    return any(
        isinstance(part, ast.Name) and part.id in ("isinstance", "issubclass", "type") for part in ast.walk(test)
    )


def _asks_status(test: ast.AST) -> bool:
    """Whether a test asks for a status or code: `error.code`, `error.response["Error"]["Code"]`, `code`."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in _CODES)
        or (isinstance(part, ast.Name) and part.id.lower().endswith("code"))
        or (isinstance(part, ast.Constant) and part.value == "Code")
        for part in ast.walk(test)
    )


def _is_text(expression: ast.expr, texts: set[str], name: str = "") -> bool:
    """Whether an expression is the text of the exception, by `str`, `repr`, `args` or a name that holds it."""
    if isinstance(expression, ast.Name):
        return expression.id in texts and expression.id != name
    if isinstance(expression, ast.JoinedStr):
        values = [part.value for part in expression.values if isinstance(part, ast.FormattedValue)]
        return any(isinstance(value, ast.Name) and value.id in texts for value in values)
    if isinstance(expression, ast.Call):
        if isinstance(expression.func, ast.Name) and expression.func.id in ("str", "repr") and expression.args:
            inner = expression.args[0]
            while isinstance(inner, ast.Attribute) and inner.attr in ("orig", "__cause__"):
                inner = inner.value
            return isinstance(inner, ast.Name) and inner.id in texts
        if isinstance(expression.func, ast.Attribute) and expression.func.attr in ("lower", "upper", "casefold"):
            return _is_text(expression.func.value, texts, name)
        return False
    if isinstance(expression, ast.Subscript) and isinstance(expression.value, ast.Attribute):
        owner = expression.value.value
        if isinstance(owner, ast.Attribute) and owner.attr == "orig":
            owner = owner.value
        return expression.value.attr == "args" and isinstance(owner, ast.Name) and owner.id in texts
    return False
