"""Whole tables: statements without condition and limit whose rows are all read, in SQL and of models."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import (
    always_parts,
    last_assigned,
    loaded_rows,
    names_model,
    queried_model,
    statement_parts,
)
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sql_texts import built_text
from flake8_auditrules.semantics.text_inserts import sent_on

_WHOLE = pattern(
    r"\s*SELECT\s(?!.*\b(?:WHERE|LIMIT|FETCH|TOP|JOIN|GROUP|DISTINCT|UNION|USING|TABLESAMPLE)\b)[^()?]*?\sFROM\s+"
    r"([\w.\"`\[\]]+)(?:\s+(?:AS\s+)?\w+)?(?:\s+ORDER\s+BY\s[\w\s,.\"`]*)?\s*;?\s*$",
    re.IGNORECASE | re.DOTALL,
)
# What gives all rows of a statement that it is given, and what gives a part of them.
_GIVING_ALL = frozenset({"execute_fetchall", "fetch", "fetch_all"})
SENDING_TEXTS = ("execute", *sorted(_GIVING_ALL))
_GIVING_SOME = frozenset({"fetchmany", "fetchone", "fetchval", "fetchrow", "islice"})
# Tables to which the use of an application adds rows, by the last word of their names.
_GROWING = pattern(
    r"(?:^|_)(?:accesses|accounts|actions|activit(?:y|ies)|alerts|answers|approvals|articles|assets|audits?|bookings"
    r"|calls|campaigns|cases|chats|chunks|comments|contacts|conversations|customers|decisions|deliveries|documents"
    r"|emails|entries|episodes|errors|evaluations|events|executions|experiments|facts|feedbacks?|files|findings|history"
    r"|images|incidents|interactions|invites|invitations|invoices|issues|items|jobs|leads|logs?|measurements|memories"
    r"|messages|metrics|notes|notifications|observations|orders|payments|photos|posts|predictions|products|questions"
    r"|readings|records|reports|requests|responses|results|reviews|rows|runs|samples|scans|scores|searches|sessions"
    r"|snapshots|subscribers|tasks|threads|tickets|tokens|traces|trades|transactions|uploads|usages?|users|videos"
    r"|visits|votes)$"
)
# Tables of what an application is there for: each of its users, or customers, adds some.
_OF_USERS = pattern(
    r"(?:^|_)(?:addresses|announcements|attendees|authors|blogs|bookmarks|books|carts|challenges|claims|clients"
    r"|companies|contracts|courses|dashboards|datasets|deals|devices|donations|drafts|employees"
    r"|enrollments|explorations|expressions|favorites|follows|forms|games|groups|guests|handoffs|lessons"
    r"|likes|links|locations|locks|matches|members|memberships|movies|organi[sz]ations|packages"
    r"|participants|passwords|patients|people|persons|pipelines|players|polls|principals|projects|prompts"
    r"|proposals|quizzes|ratings|recipes|repos|repositories|reservations|segments|shares|shipments|songs"
    r"|spans|stats|students|subscriptions|suppliers|surveys|teachers|teams|tests|tracks|transfers|trips"
    r"|urls|versions|volunteers|wallets|workouts)$"
)

# Methods of queries that give a part of the rows; and those, and others, that make a query of another one.
_PAGING = frozenset({"fetch", "limit", "offset", "paginate", "slice", "yield_per"})
_LIMITING = frozenset(
    {
        "distinct",
        "fetch",
        "filter",
        "filter_by",
        "from_statement",
        "group_by",
        "having",
        "in_",
        "join",
        "limit",
        "offset",
        "paginate",
        "slice",
        "where",
        "yield_per",
    }
)
_OF_CLASSES = pattern(r"(?:Row|Model|Entity|Table|Record|DB|Db|ORM|Orm|Entry|Definition)$")
_HANDFUL = pattern(
    r"(?:Config(?:uration)?|Settings?|Preferences?|Options?|Setup|Types?|Kinds?|Categor(?:y|ies)|Status|State|Role|Level"
    r"|Language|Country|Currency|Singleton)$"
)
_OWN_MODEL = pattern(r"(?:self|cls)\._?model(?:_class|_cls)?")
_WORD = pattern(r"[A-Z][a-z0-9]*$")


class WholeTable(NamedTuple):
    """A call that sends a statement for a whole table, and the table's name."""

    call: ast.Call
    table: str


def whole_table_read(module: Module, function: FunctionNode) -> WholeTable | None:
    """The first SQL text by which a function reads a whole table to which use adds rows; None for none."""
    found: WholeTable | None = None
    gives_all = False
    for part in module.own_nodes(function):
        if not isinstance(part, ast.Call):
            continue
        name = last_name(part)
        if name in _GIVING_SOME:
            return None
        gives_all = gives_all or name == "fetchall"
        if name in SENDING_TEXTS and part.args and isinstance(part.func, ast.Attribute):
            statement = _WHOLE.match(built_text(module, part.args[0]).literal)
            if statement is not None:
                table = re.sub(r"[\"`\[\]]", "", statement[1]).rpartition(".")[2]
                if _GROWING.search(table.lower()) is None:
                    return None
                gives_all = gives_all or name in _GIVING_ALL or _is_gone_through(module, part)
                found = found or WholeTable(part, table)
    return found if gives_all else None


def _is_gone_through(module: Module, call: ast.Call) -> bool:
    """Whether a loop or `list` takes each row of what a call gives."""
    value: ast.AST = call
    parent = module.parent(call)
    if isinstance(parent, ast.Await):
        value, parent = parent, module.parent(parent)
    if isinstance(parent, ast.Call):
        return last_name(parent) in ("list", "tuple") and value in parent.args
    return isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)) and parent.iter is value


def rows_of_text(module: Module, fetch: ast.Call) -> str | None:
    """The SQL text, `?` for what is written into it, whose rows `fetchall()` gives; None where it is not known."""
    function = module.function_of(fetch)
    if not isinstance(fetch.func, ast.Attribute) or not isinstance(
        function, (ast.FunctionDef, ast.AsyncFunctionDef)
    ):
        return None
    sending: ast.expr | None = fetch.func.value
    if isinstance(sending, ast.Name):
        values = [value for _, value in last_assigned(module, sending)]
        sending = values[0] if len(values) == 1 else None
    if isinstance(sending, ast.Await):
        sending = sending.value
    if not isinstance(sending, ast.Call) or last_name(sending) != "execute":
        sending = sent_on(module, function, fetch.func.value, fetch)
    if sending is None or not sending.args:
        return None
    return built_text(module, sending.args[0]).literal


def is_limited(module: Module, loading: ast.Call) -> bool:
    """Whether the query that `.all()` or `.fetchall()` loads may have a limit, or always has a condition."""
    if any(isinstance(part, ast.Attribute) and part.attr in _PAGING for part in statement_parts(module, loading)):
        return True
    return any(
        isinstance(part, ast.Attribute) and part.attr in _LIMITING for part in always_parts(module, loading)
    )


def model_loaded(module: Module, loading: ast.Call) -> ast.expr | None:
    """The one model whose rows a query asks for; None where that is not known."""
    model: ast.expr | None = None
    for part in always_parts(module, loading):
        if isinstance(part, ast.Call) and last_name(part.func) in ("select", "query") and len(part.args) == 1:
            model = part.args[0]
        elif isinstance(part, ast.Attribute) and queried_model(module, part) is not None:
            model = part.value
    return model if model is not None and names_model(model) else None


def whole_model_read(module: Module, function: FunctionNode) -> WholeTable | None:
    """The first `.all()` by which a function loads each row of a model to which use adds rows; None for none."""
    for part in module.own_nodes(function):
        if isinstance(part, ast.Call) and last_name(part) in ("all", "fetchall") and loaded_rows(module, part):
            model = None if is_limited(module, part) else model_loaded(module, part)
            if model is not None and grows(last_name(model)):
                return WholeTable(part, last_name(model))
    return None


def whole_generic_read(module: Module, function: FunctionNode) -> WholeTable | None:
    """The first `.all()` by which a method loads each row of its class's model: `select(self.model)`."""
    for part in module.own_nodes(function):
        if isinstance(part, ast.Call) and last_name(part) in ("all", "fetchall") and loaded_rows(module, part):
            if not is_limited(module, part) and _asks_own_model(module, part):
                return WholeTable(part, "")
    return None


def _asks_own_model(module: Module, loading: ast.Call) -> bool:
    """Whether the one thing that a statement asks for is the model that an object keeps."""
    asked = [
        part.args
        for part in always_parts(module, loading)
        if isinstance(part, ast.Call) and last_name(part.func) in ("select", "query")
    ]
    return len(asked) == 1 and len(asked[0]) == 1 and _OWN_MODEL.fullmatch(module.text(asked[0][0])) is not None


def grows(model: str) -> bool:
    """Whether use adds rows to a model: `ChatMessageRow` is one of messages."""
    return _is_called(model, _GROWING)


def grows_with_users(model: str) -> bool:
    """Whether use adds rows to a model, or each user of the application has some of his own."""
    return grows(model) or _is_called(model, _OF_USERS)


def _is_called(model: str, names: re.Pattern[str]) -> bool:
    """Whether the last word of a model's name is the singular of one of these, or one of them."""
    word = _WORD.search(_OF_CLASSES.sub("", model) or model)
    if word is None:
        return False
    singular = word[0].lower()
    if singular.endswith("y"):
        plural = f"{singular[:-1]}ies"
    else:
        plural = f"{singular}es" if singular.endswith(("s", "x", "ch", "sh")) else f"{singular}s"
    return names.search(plural) is not None or names.search(singular) is not None


def is_handful(model: str) -> bool:
    """Whether a model is named for what there are a handful of: kinds, countries, settings."""
    return _HANDFUL.search(_OF_CLASSES.sub("", model)) is not None
