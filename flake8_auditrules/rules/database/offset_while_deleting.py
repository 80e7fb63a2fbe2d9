"""AUD423: pages counted over rows that the loop takes away."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.shifting_pages import removal_from_page


class OffsetWhileDeleting(Rule):
    """
    ## What it does
    Finds loops that read a table page by page with a growing `offset`, and delete the rows of each page or give
    them another value in a column that the query asks for.

    ## Why it matters
    What comes after a deleted row moves up. The second page begins where the third would have begun, so that every
    second batch is never seen.

    ## When to silence it
    When the changes become visible only after the loop: in another transaction, with autoflush off.
    """

    code = "AUD423"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{page}` skips rows, since the loop {fact} on line {line}; take the first page until it is empty"
    examined = "pages stay where they are while they are read"
    imports = ("sqlalchemy", "sqlmodel", "flask_sqlalchemy")
    call_names = ("offset",)

    bad = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Event(Base):
            __tablename__ = "event"
            id: Mapped[int] = mapped_column(primary_key=True)
            is_old: Mapped[bool]

        def remove_old(session: Session, size: int = 10):
            offset = 0
            while True:
                page = select(Event).where(Event.is_old).order_by(Event.id).offset(offset).limit(size)  # AUD423
                events = session.scalars(page).all()
                if not events:
                    break
                for event in events:
                    session.delete(event)
                session.commit()
                offset += size
        """,
        """
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Event(Base):
            __tablename__ = "event"
            id: Mapped[int] = mapped_column(primary_key=True)
            is_sent: Mapped[bool]

        def send_all(session: Session, size: int = 10):
            waiting = session.query(Event).filter(Event.is_sent == False).order_by(Event.id)
            for start in range(0, waiting.count(), size):
                for event in waiting.offset(start).limit(size).all():  # AUD423
                    event.is_sent = True
                session.commit()
        """,
    )
    good = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        class Base(DeclarativeBase):
            pass

        class Event(Base):
            __tablename__ = "event"
            id: Mapped[int] = mapped_column(primary_key=True)
            is_old: Mapped[bool]

        def remove_old(session: Session, size: int = 10):
            while True:
                page = select(Event).where(Event.is_old).order_by(Event.id).limit(size)
                events = session.scalars(page).all()
                if not events:
                    break
                for event in events:
                    session.delete(event)
                session.commit()

        def texts(session: Session, size: int = 10):
            offset = 0
            while True:
                page = select(Event).order_by(Event.id).offset(offset).limit(size)
                events = session.scalars(page).all()
                if not events:
                    break
                for event in events:
                    yield f"{event.id}: {event.is_old}"
                offset += size
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a page of a query whose rows the loop takes away."""
        module = self.module
        if not isinstance(node.func, ast.Attribute) or module.loop_of(node) is None:
            return
        found = removal_from_page(module, node)
        if found is None:
            self.passed(node)
            return
        page = f"offset({module.text(node.args[0], 30)})" if node.args else "offset(...)"
        self.report(node, page=page, fact=found.fact, line=str(getattr(found.node, "lineno", 0)))
