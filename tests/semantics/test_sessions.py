"""Sessions: which expression is one, and what a statement does to it."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.module import Module
from tests.conftest import module_of


def used(module: Module) -> list[tuple[str, str]]:
    return [(use.session.text, use.method) for use in sessions.uses(module)]


def test_a_session_is_known_by_its_class() -> None:
    module = module_of(
        """
        from sqlalchemy.orm import Session, sessionmaker

        Local = sessionmaker()

        def annotated(unit: Session):
            unit.commit()

        def made():
            with Local() as other:
                other.flush()

        class Store:
            def __init__(self, unit: Session):
                self._unit = unit

            def save(self):
                self._unit.commit()
        """
    )
    assert sorted(used(module)) == [("other", "flush"), ("self._unit", "commit"), ("unit", "commit")]


def test_a_session_is_known_by_name_only_where_it_is_used_like_one() -> None:
    module = module_of(
        """
        import sqlalchemy

        def first(session):
            session.add(1)
            session.commit()

        def second(db):
            db.cursor()
            db.commit()

        def third(file):
            file.flush()
        """
    )
    assert used(module) == [("session", "add"), ("session", "commit")]


def test_a_session_of_another_library_is_none() -> None:
    module = module_of(
        """
        import requests
        import sqlalchemy

        def ask():
            session = requests.Session()
            session.get("/")
            session.flush()

        def save(session):
            session.flush()
        """
    )
    assert [use.call.lineno for use in sessions.uses(module)] == [11]


def test_the_session_of_flask_needs_no_import() -> None:
    assert used(module_of("from app import db\ndb.session.commit()\n")) == [("db.session", "commit")]


def test_two_names_of_two_functions_are_two_sessions() -> None:
    module = module_of(
        """
        from sqlalchemy.orm import Session

        def first(session: Session):
            session.flush()
            session.commit()

        def second(session: Session):
            session.flush()
        """
    )
    flush, commit, other = sessions.uses(module)
    assert flush.session == commit.session != other.session


def test_what_a_statement_does_to_a_session() -> None:
    module = module_of(
        """
        from sqlalchemy.orm import Session

        def work(session: Session, make, log):
            session.rollback()
            session = Session(make)
            log(session)
            if session.is_active:
                pass
        """
    )
    (function,) = module.nodes(ast.FunctionDef)
    rollback, rebinding, handing, asking = function.body
    session = sessions.uses(module)[0].session
    assert sessions.calls_on(module, rollback, session, {"rollback"})
    assert not sessions.calls_on(module, rollback, session, {"commit"})
    assert sessions.rebinds(rebinding, session) and not sessions.rebinds(handing, session)
    assert sessions.mentions(handing, session)
    assert sessions.asks_whether_active(asking, session)
    assert not sessions.asks_whether_active(handing, session)


def test_migrations() -> None:
    assert sessions.is_migration(module_of("from alembic import op\n"))
    assert sessions.is_migration(module_of("", path="app/migrations/versions/first.py"))
    assert not sessions.is_migration(module_of("from alembic import command\n"))
