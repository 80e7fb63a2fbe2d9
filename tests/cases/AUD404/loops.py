from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from app.models import Row

SessionLocal = sessionmaker()


async def creates_each(session: AsyncSession, names: list[str]):
    for name in names:
        row = Row(name=name)
        session.add(row)
        await session.commit()  # AUD404
        await session.refresh(row)


def takes_a_filtered_input(session: Session, rows):
    wanted = [row for row in rows if row.name]
    for row in wanted:
        session.merge(row)
        session.commit()  # AUD404


def commits_in_batches(session: Session, rows):
    for number, row in enumerate(rows):
        session.add(row)
        if number % 100 == 0:
            session.commit()
    session.commit()


def commits_chunks(session: Session, chunks):
    for chunk in chunks:
        session.add_all(chunk)
        session.commit()


def has_its_own_handler(session: Session, rows):
    for row in rows:
        try:
            session.add(row)
        except ValueError:
            continue
        session.commit()


def keeps_a_status(session: Session, rows):
    for row in rows:
        row.status = "done"
        session.add(row)
        session.commit()


def works_through_what_the_database_says(session: Session):
    for row in session.scalars(select(Row)):
        session.delete(row)
        session.commit()


def makes_a_session_each(rows):
    for row in rows:
        session = SessionLocal()
        session.add(row)
        session.commit()
        session.close()


def takes_jobs(session: Session, queue):
    for job in queue:
        session.add(job)
        session.commit()


def changes_the_git_repository(repository, files):
    for file in files:
        repository.add(file)
        repository.commit()


def creates_those_that_are_new(session: Session, wanted):
    made = []
    for tag in wanted:
        if not tag.number:
            new = Tag(name=tag.name)
            session.add(new)
            session.commit()  # AUD404
            made.append(new)
        elif tag.number not in known():
            raise LookupError(tag.number)
    return made


def commits_now_and_then(session: Session, rows):
    for number, row in enumerate(rows):
        session.add(row)
        if not row:
            raise LookupError(number)
        if number % 100 == 0:
            session.commit()
    session.commit()
