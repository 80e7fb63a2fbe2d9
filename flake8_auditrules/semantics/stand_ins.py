"""Stand-ins: ordinary values that a handler gives in place of what its block was to get."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import stores
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.expected_failures import statement_behind
from flake8_auditrules.semantics.flow import Statement
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.work import asks_program

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Words by which a value tells that something went wrong, or that nothing is known.
_TELLING = pattern(
    r"abort|absent|bad|block|broken|cancel|closed|crash|dead|degraded|den(?:y|ied)|disab|disconnect|down|dummy|empty"
    r"|err|exc|expired|fail|fake|false|forbid|inactive|invalid|miss|n/?a$|never|noop|none|null|no_|not_?|off(?:line)?$"
    r"|pending|reject|skip|stop|stub|timeout|unable|unauth|unavail|undef|unk|unre|unset|unsup|warn|wrong",
    re.IGNORECASE,
)
# What settings are called: an object that is made of nothing holds the defaults of all of them.
_SETTINGS = pattern(r"(?:Config|Configuration|Options|Params|Policy|Preferences|Rules|Settings)$")
# What is returned where a number tells whether a program or a request has failed.
_CODES = pattern(r"code|exit|status|(?:^|_)rc$", re.IGNORECASE)
# What is there for the eye.
_LOOKS = pattern(r"colou?r|css|font|icon|image|logo|style|theme|width|height", re.IGNORECASE)
# Calls that raise where the one that is asked for is not there.
_ONE = frozenset({"get_object_or_404", "one", "scalar_one"})
_WORDS_OF_A_REASON = 2
_COPYING = frozenset({"copy", "deepcopy", "dict", "list", "set", "tuple"})
# Numbers from here on are taken for statuses of HTTP.
_FIRST_STATUS = 400
_LAST_STATUS = 599


def is_stand_in(module: Module, handler: ast.ExceptHandler, statement: Statement) -> bool:
    """
    Whether a statement of a handler gives a value that a success might have given as well: `limit = 20`.

    It returns it where the function else returns what it has got, or keeps it where the block keeps what it gets.
    Words for a failure, sentences, flags and the codes of programs and requests tell of one; colours and the like
    do not matter, nor is it a failure that one is asked for that is not there.
    """
    block = handlers.try_of(module, handler).body
    if _is_last_of_ways(module, handler, statement):
        return False
    if isinstance(statement, ast.Return):
        return (
            is_ordinary(statement.value, _given_class(module, handler))
            and _returns_what_it_gets(module, handler, statement)
            and not _is_for_looks(module, handler, [])
            and not _asks_for_one(module, handler, block)
        )
    if not isinstance(statement, ast.Assign) or not is_ordinary(statement.value, ""):
        return False
    if _is_for_looks(module, handler, statement.targets) or _asks_for_one(module, handler, block):
        return False
    got = {
        module.text(target)
        for part in handlers.statements(block)
        if isinstance(part, ast.Assign) and not is_ordinary(part.value, "") and not _is_flag(part.value)
        for target in part.targets
    }
    return all(module.text(target) in got for target in statement.targets)


def _is_last_of_ways(module: Module, handler: ast.ExceptHandler, statement: Statement) -> bool:
    """Whether a statement stands within a `try` of the handler, which gets the value in another way."""
    return any(
        isinstance(part, ast.Try) and any(inside is statement for inside in handlers.statements([part]))
        for part in handler.body
    )


def falls_back(module: Module, handler: ast.ExceptHandler) -> bool:
    """
    Whether a handler passes, and what is returned right behind its `try` stands in for what the block returns.

    A comment there gives a reason, and that a program is not there to be asked is ordinary.
    """
    if not all(isinstance(part, ast.Pass) for part in handler.body):
        return False
    statement = handlers.try_of(module, handler)
    following = statement_behind(module, statement)
    return (
        isinstance(following, ast.Return)
        and any(isinstance(part, ast.Return) for part in handlers.statements(statement.body))
        and is_stand_in(module, handler, following)
        and handlers.words_in(handlers.comment_above(module, following.lineno)) < _WORDS_OF_A_REASON
        and not any(asks_program(module, call) for call in handlers.own_calls(statement.body))
    )


def _is_for_looks(module: Module, handler: ast.ExceptHandler, targets: list[ast.expr]) -> bool:
    """Whether a function around a handler, or what is given a value, is called like something for the eye."""
    named = [last_name(target) for target in targets]
    named += [part.name for part in module.ancestors(handler) if isinstance(part, _FUNCTIONS)]
    return any(_LOOKS.search(name) is not None or stores.SLIGHT.search(name) is not None for name in named)


def _asks_for_one(module: Module, handler: ast.ExceptHandler, block: list[ast.stmt]) -> bool:
    """Whether a block asks for one row that need not be there, and no earlier handler says what comes then."""
    return not handlers.earlier_handlers(module, handler) and any(
        last_name(call) in _ONE
        or (
            last_name(call) in ("get", "aget")
            and isinstance(call.func, ast.Attribute)
            and last_name(call.func.value) == "objects"
        )
        for call in handlers.own_calls(block)
    )


def is_ordinary(value: ast.expr | None, kind: str) -> bool:
    """Whether an expression is a fixed value that tells of no failure; `kind` is a class that may be made so."""
    if isinstance(value, ast.Constant):
        return _is_ordinary_constant(value.value)
    if isinstance(value, (ast.Name, ast.Attribute)):
        name = last_name(value)
        return name.isupper() and _TELLING.search(name) is None
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return bool(value.elts) and all(is_ordinary(part, "") for part in value.elts)
    if isinstance(value, ast.Dict):
        return _is_ordinary_dict(value)
    if not isinstance(value, ast.Call):
        return False
    name = last_name(value)
    if not value.args and not value.keywords and reads_as_class(name):
        return (name == kind or _SETTINGS.search(name) is not None) and _TELLING.search(name) is None
    if name not in _COPYING or value.keywords:
        return False
    copied = value.args[0] if value.args else getattr(value.func, "value", None)
    return isinstance(copied, (ast.Name, ast.Attribute)) and is_ordinary(copied, "")


def _is_ordinary_constant(value: object) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return value > 0 and not _FIRST_STATUS <= value <= _LAST_STATUS
    return (
        isinstance(value, str)
        and any(character.isalnum() for character in value)
        and not any(character.isspace() for character in value)
        and _TELLING.search(value) is None
    )


def _is_ordinary_dict(value: ast.Dict) -> bool:
    """Whether a document holds only ordinary values, and such as say nothing; one of them is no empty one."""
    if not all(isinstance(key, ast.Constant) and _TELLING.search(str(key.value)) is None for key in value.keys):
        return False
    filled = [part for part in value.values if not handlers.is_empty_value(part) or _is_flag(part)]
    return bool(filled) and all(is_ordinary(part, "") for part in filled)


def _is_flag(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, bool)


def _given_class(module: Module, handler: ast.ExceptHandler) -> str:
    """The name of the class that the function of a handler gives by its annotation; "" where none is named."""
    function = module.function_of(handler)
    return last_name(function.returns) if isinstance(function, _FUNCTIONS) and function.returns is not None else ""


def _returns_what_it_gets(module: Module, handler: ast.ExceptHandler, answer: ast.Return) -> bool:
    """Whether the function of a handler returns what it has worked out, and no code of a program or a request."""
    function = module.function_of(handler)
    if not isinstance(function, _FUNCTIONS) or _CODES.search(function.name) is not None:
        return False
    inside = {id(part) for part in handlers.statements(handler.body)}
    given = [
        part.value
        for part in module.own_nodes(function)
        if isinstance(part, ast.Return)
        and id(part) not in inside
        and part is not answer
        and part.value is not None
    ]
    got = [value for value in given if not isinstance(value, ast.Constant) and not is_ordinary(value, "")]
    return bool(got) and not (
        isinstance(answer.value, ast.Constant)
        and isinstance(answer.value.value, (int, float))
        and any(_CODES.search(module.text(value, 200)) is not None for value in got)
    )
