"""Pages by offset: rows that go away under way, and rows that stay."""

from sqlalchemy import func, select
from shop import Job, archive

SIZE = 100


async def asynchronous(session):
    offset = 0
    while True:
        result = await session.execute(select(Job).order_by(Job.id).limit(SIZE).offset(offset))  # AUD423
        jobs = result.scalars().all()
        if not jobs:
            return
        for job in jobs:
            if job.is_old:
                await session.delete(job)
        await session.flush()
        offset += len(jobs)


def changed(session):
    offset = 0
    more = True
    while more:
        jobs = session.query(Job).filter_by(status="new").offset(offset).limit(SIZE).all()  # AUD423
        for job in jobs:
            job.status = "done"
        session.commit()
        offset += SIZE
        more = bool(jobs)


def without_value(session):
    for start in range(0, 1000, SIZE):
        page = select(Job).where(Job.done_at.is_(None)).offset(start).limit(SIZE)  # AUD423
        for job in session.scalars(page):
            job.done_at = func.now()
        session.commit()


# -- silent ------------------------------------------------------------------------------------------------


def always_first(session):
    offset = 0
    while True:
        jobs = session.query(Job).offset(offset).limit(SIZE).all()
        if not jobs:
            break
        for job in jobs:
            session.delete(job)
        session.commit()


def counted_over(session):
    offset = 0
    while True:
        jobs = session.query(Job).offset(offset).limit(SIZE).all()
        if not jobs:
            break
        kept = 0
        for job in jobs:
            if job.is_old:
                session.delete(job)
            else:
                kept += 1
        offset += kept


def one_by_one(session):
    offset = 0
    while job := session.query(Job).offset(offset).first():
        if job.is_old:
            session.delete(job)
        else:
            offset += 1


def another_column(session):
    offset = 0
    while True:
        jobs = session.query(Job).filter_by(status="new").offset(offset).limit(SIZE).all()
        if not jobs:
            break
        for job in jobs:
            job.seen = True
            job.status = "new"
        offset += SIZE


def another_object(session):
    for start in range(0, 1000, SIZE):
        for job in session.query(Job).offset(start).limit(SIZE):
            archive.delete(job.id)


def once(session, offset):
    for job in session.query(Job).offset(offset).limit(SIZE):
        session.delete(job)
