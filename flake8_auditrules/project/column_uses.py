"""Uses of columns: by which columns a project asks for rows, and of which tables it deletes any."""

from __future__ import annotations

import re
import weakref
from collections.abc import Collection, Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.texts import text_of

_MIGRATION = pattern(r"/(?:versions|migrations|alembic)/")
# What stands before a column by which rows are asked for: `Comment.author_id`, `comments.c.author_id`,
# `WHERE c.author_id = ?`, and in lower case only before an operator that Python has not.
_OF_CLASS = pattern(r"(?:\b[A-Z]\w*|\.c)\.$")
_IN_TEXT = pattern(r"\b(?:WHERE|AND|OR|ON|BY|USING|HAVING|SET)\s*\(?\s*(?:\w+\.)?[\"`\[]?$")
_IN_LOWER_TEXT = pattern(r"\b(?:where|and|or|on|by)\s*\(?\s*(?:\w+\.)?$")
_COMPARED = pattern(r"\s*(?:=(?!=)|in\s*\()")
_GIVEN = pattern(r"\s*=(?!=)")
_ASKING = pattern(r"by|count|exists|fetch|filter|find|get|list|load|query|search|select|where")
_LAST_NAME = pattern(r"(\w+)\s*$")
# Where a name in quotes is no more than the key of what was read, or the name of the column itself.
_KEY = pattern(r"(?:\w\[|\b(?:get|pop|Column|mapped_column)\(\s*)[\"']$")
_CONDITION = pattern(r"(?:filter|where|criteri|condition|query)[^\n]*[\"']$")
_QUERIED = pattern(r"(?:\b(?:delete|get|query|scalars?|select|update)|\bselect_from|\bscalar_one)\(\s*(?:\w+\.)*$")
_JOINED = pattern(r"\b(?:outer)?join\(\s*(?:\w+\.)*$")
_RELATED = pattern(
    r"(?:\b[Rr]elationship\(\s*(?:lambda\s*:\s*)?|(?:Mapped|Relationship)\b[^\n]*|\b(?:[Ll]ist|[Ss]et)\[)[\"']?(?:\w+\.)*$"
)
# Each begins with a text of its own, so that it is found fast.
_DELETED = pattern(r"delete\(\s*(?:\w+\.)*(\w+)")
_DELETED_BY_TEXT = pattern(r"DELETE\s+FROM\s+[\"`]?(?:\w+\.)?(\w+)")
_DELETING = pattern(r"def _*(?:cleanup|delete|drop|erase|prune|purge|remove)_(\w+)")
_RECEIVER = pattern(r"(\w+)\.$")
_ASKED_FOR = pattern(r"\b(?:get|query|scalars?|select)\(\s*(?:\w+\.)*([A-Z]\w*)")
_DELETES_QUERIED = pattern(r"\.delete\(\s*(?:\)|synchronize_session)")
_SESSION = pattern(r"_?(?:\w+_)?(?:con|conn|connection|db|s|sess|session|store|tx|uow)")
_CLASS = pattern(r"^class\s+(\w+)", re.MULTILINE)
_TABLE = pattern(r"__tablename__[^=\n]*=\s*[\"'](\w+)")
_CASCADES = pattern(r"cascade\s*=\s*[\"'][^\"']*(?:all|delete)")
_COLLECTED = pattern(r"\b[Rr]elationship\(\s*(?:lambda\s*:\s*)?[\"']?(?:\w+\.)*([A-Z]\w*)|[Ll]ist\[[\"']?(\w+)")
# Names that say nothing of what is deleted.
_ANY = frozenset(
    {
        "child",
        "doc",
        "element",
        "entity",
        "existing",
        "instance",
        "item",
        "model",
        "obj",
        "object",
        "old",
        "record",
        "resource",
        "row",
        "self",
        "target",
    }
)
_SHORT = 3
_AROUND = 300
_deleted: weakref.WeakKeyDictionary[Project, frozenset[str]] = weakref.WeakKeyDictionary()


def columns_never_asked_by(project: Project, model: str, columns: Collection[str]) -> frozenset[str]:
    """
    Those of a model's columns by which a project never asks, though it does ask for rows of the model.

    All that may be such a question counts as one: a condition, a join, a relationship of another model to this
    one; tests and migrations are left out.
    """
    project.note_asked_of_all()
    left = set(columns)
    is_queried = False
    for text in _texts(project):
        if model in text:
            for before, _ in _places(text, model):
                if _JOINED.search(before) or _RELATED.search(before):
                    return frozenset()
                is_queried = is_queried or _QUERIED.search(before) is not None
            if _has_backrefs(text, model):
                return frozenset()
        left -= {column for column in left if column in text and any(_asks(*one) for one in _places(text, column))}
        if not left:
            break
    return frozenset(left) if is_queried else frozenset()


def deletes_rows_of(project: Project, table: str) -> bool:
    """Whether a project may delete rows of a table: by a name that can be theirs, or with what they belong to."""
    project.note_asked_of_all()
    found = _deleted.get(project)
    if found is None:
        files = _files(project)
        names = project.learned_of(files, "deleted rows", lambda: sorted(_deleted_by(files)))
        found = _deleted[project] = frozenset(map(str, names))
    row = _plain(table)
    return any(row in name or name in row for name in found)


def _deleted_by(files: list[str]) -> set[str]:
    return {name for text in map(text_of, files) for name in _deleted_in(text)}


def _files(project: Project) -> list[str]:
    return [path for path in project.files() if not _MIGRATION.search(path.replace("\\", "/"))]


def _texts(project: Project) -> Iterator[str]:
    return map(text_of, _files(project))


def _places(text: str, word: str) -> Iterator[tuple[str, str]]:
    """What stands before and after a word, wherever it stands alone in a text."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before, after = text[max(0, at - _AROUND) : at], text[end : end + _SHORT + 1]
        if not (before[-1:].isalnum() or before[-1:] == "_" or after[:1].isalnum() or after[:1] == "_"):
            yield before, after
        at = text.find(word, end)


def _asks(before: str, after: str) -> bool:
    """Whether rows may be asked for by a column at a place where its name stands."""
    if _OF_CLASS.search(before) or _IN_TEXT.search(before):
        return True
    if _IN_LOWER_TEXT.search(before) and _COMPARED.match(after):
        return True
    if before[-1:] in ("'", '"') and after[:1] in ("'", '"'):
        if after[1:].lstrip().startswith(":"):
            return _CONDITION.search(before) is not None
        return _KEY.search(before) is None
    return _GIVEN.match(after) is not None and _ASKING.search(_function_around(before)) is not None


def _function_around(before: str) -> str:
    """The name of the function in whose arguments a text ends; "" for none."""
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        if before[at] == ")":
            depth += 1
        elif before[at] == "(":
            if not depth:
                called = _LAST_NAME.search(before[:at])
                return called.group(1) if called is not None else ""
            depth -= 1
    return ""


def _has_backrefs(text: str, model: str) -> bool:
    """Whether a model in a text gives others a relationship to itself."""
    return (
        any(name == model and "backref" in body for name, body in _classes(text)) if "backref" in text else False
    )


def _classes(text: str) -> Iterator[tuple[str, str]]:
    """The names of the classes in a text, each with what stands up to the next."""
    starts = [*_CLASS.finditer(text)]
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        yield start.group(1), text[start.end() : end]


def _deleted_in(text: str) -> Iterator[str]:
    """What the rows may be called that a text deletes, as plain names; "" for any."""
    yield from map(_plain, _DELETED_BY_TEXT.findall(text))
    yield from map(_plain, _DELETING.findall(text))
    if "delete(" in text:
        asked_for = [_plain(one) for one in _ASKED_FOR.findall(text)]
        if _DELETES_QUERIED.search(text):
            yield from asked_for
        for found in _DELETED.finditer(text):
            name = _plain(found.group(1))
            if len(name) >= _SHORT and name not in _ANY and not found.group(1).startswith("db_"):
                yield name
            else:
                receiver = _RECEIVER.search(text[max(0, found.start() - _SHORT * 10) : found.start()])
                if receiver is not None and _SESSION.fullmatch(receiver.group(1)):
                    yield from asked_for or [""]
    if "CASCADE" in text or "cascade" in text:
        for model, body in _classes(text):
            if "CASCADE" in body:
                table = _TABLE.search(body)
                yield _plain(table.group(1) if table is not None else model)
            if _CASCADES.search(body):
                yield from (_plain(one) for pair in _COLLECTED.findall(body) for one in pair if one)


def _plain(name: str) -> str:
    """A name in lower case, in the singular and without underscores: `User`, `users` and `user` are one."""
    one = name.lower().replace("_", "")
    return one[:-3] + "y" if one.endswith("ies") else one.removesuffix("s")
