import logging

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from app.models import Job

SessionLocal = sessionmaker()
log = logging.getLogger(__name__)


async def stores_the_failure(session: AsyncSession, job):
    try:
        job.status = "running"
        await session.flush()
    except Exception as error:
        job.error = str(error)
        await session.commit()  # AUD403


def asks_in_the_handler(session: Session, job):
    try:
        session.add(job)
        session.commit()
    except Exception:
        return session.scalars(select(Job)).first()  # AUD403


def rolls_back_on_one_way_only(session: Session, job, strict):
    try:
        session.add(job)
        session.commit()
    except Exception:
        if strict:
            session.rollback()
        session.commit()  # AUD403


def commits_where_the_try_never_touched_the_session(session: Session, job, work):
    try:
        work(job)
    except Exception:
        job.status = "failed"
        session.commit()


def only_adds_in_the_try(session: Session, job, work):
    try:
        session.add(work(job))
    except Exception:
        job.status = "failed"
        session.commit()


def rolls_back_first(session: Session, job):
    try:
        session.add(job)
        session.commit()
    except Exception:
        session.rollback()
        job.status = "failed"
        session.commit()


def takes_a_new_session(session: Session, job):
    try:
        session.add(job)
        session.commit()
    except Exception:
        with SessionLocal() as other:
            other.add(job)
            other.commit()


def takes_a_new_session_of_the_same_name(job):
    try:
        with SessionLocal() as session:
            session.add(job)
            session.commit()
    except Exception:
        with SessionLocal() as session:
            session.merge(job)
            session.commit()


def flushes_in_a_savepoint(session: Session, job):
    try:
        with session.begin_nested():
            session.add(job)
            session.flush()
    except Exception:
        job.status = "failed"
        session.commit()


def two_sessions(session: Session, audit: Session, job):
    try:
        session.add(job)
        session.commit()
    except Exception:
        audit.add(job)
        audit.commit()


def flushes_in_a_nested_function(session: Session, job, run):
    try:

        def save():
            session.flush()

        run(save)
    except Exception:
        session.commit()
