import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import create_engine, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, scoped_session, sessionmaker

engine = create_engine("postgresql://localhost/app")
SessionLocal = sessionmaker(bind=engine)
Scoped = scoped_session(SessionLocal)
router = APIRouter()


def get_session():
    with SessionLocal() as session:
        yield session


def work(session: Session, number=0):
    return session.scalars(select(number)).all()


def in_a_loop(session: Session, numbers, pool: ThreadPoolExecutor):
    futures = []
    for number in numbers:
        futures.append(pool.submit(work, session, number))  # AUD412
    return futures


def by_map(session: Session, numbers):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda number: work(session, number), numbers))  # AUD412


def by_partial(session: Session, numbers):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(functools.partial(work, session), numbers))  # AUD412


def by_closure(numbers):
    with SessionLocal() as session:

        def one(number):
            return session.scalars(select(number)).all()

        with ThreadPoolExecutor() as pool:
            return list(pool.map(one, numbers))  # AUD412


def two_threads(session: Session):
    first = threading.Thread(target=work, args=(session, 1))  # AUD412
    second = threading.Thread(target=work, args=(session,), kwargs={"number": 2})
    first.start()
    second.start()
    session.close()


def two_submits(session: Session, pool: ThreadPoolExecutor):
    first = pool.submit(work, session, 1)  # AUD412
    second = pool.submit(work, session, 2)
    return first.result(), second.result()


def closed_by_the_block(pool: ThreadPoolExecutor):
    with SessionLocal() as session:
        return pool.submit(work, session)  # AUD412


@router.post("/jobs")
def closed_by_the_dependency(session: Session = Depends(get_session)):
    threading.Thread(target=work, args=(session,)).start()  # AUD412
    return {"started": True}


async def task_of_a_thread(session: Session):
    task = asyncio.create_task(asyncio.to_thread(work, session))  # AUD412
    session.commit()
    return await task


async def executor_of_the_loop(session: Session):
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, work, session)  # AUD412
    session.rollback()
    return await future


class Holder:
    def __init__(self, engine):
        self.session = Session(engine)
        self.lock = threading.Lock()
        self.pool = ThreadPoolExecutor(max_workers=1)

    def load(self, number):
        return self.session.get(Holder, number)

    def load_in_turn(self, number):
        with self.lock:
            return self.session.get(Holder, number)

    def all(self, numbers):
        with ThreadPoolExecutor() as pool:
            return list(pool.map(self.load, numbers))  # AUD412

    def all_in_turn(self, numbers):
        with ThreadPoolExecutor() as pool:
            return list(pool.map(self.load_in_turn, numbers))

    def all_in_one_thread(self, numbers):
        return [self.pool.submit(self.load, number) for number in numbers]


async def awaited_at_once(session: Session):
    rows = await asyncio.to_thread(work, session)
    more = await run_in_threadpool(work, session, 2)
    others = await asyncio.wait_for(asyncio.to_thread(work, session), 3)
    session.commit()
    return rows, more, others


async def runs_in_the_greenlet(session: AsyncSession):
    rows = await session.run_sync(work)
    await session.commit()
    return rows


@router.get("/rows")
def sync_dependency(session: Session = Depends(get_session)):
    return work(session)


def made_in_the_thread(numbers):
    def one(number):
        with SessionLocal() as session:
            return work(session, number)

    with ThreadPoolExecutor() as pool:
        return list(pool.map(one, numbers))


def one_session_each(numbers, pool: ThreadPoolExecutor):
    futures = []
    for number in numbers:
        session = SessionLocal()
        futures.append(pool.submit(work, session, number))
    return futures


def one_for_each_thread(numbers):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda number: work(Scoped, number), numbers))


def only_identifiers(session: Session, rows, pool: ThreadPoolExecutor):
    futures = [pool.submit(print, row.id) for row in rows]
    session.commit()
    return futures


def only_the_engine(session: Session, pool: ThreadPoolExecutor):
    future = pool.submit(print, session.get_bind())
    session.commit()
    return future


def waits_for_each(session: Session, numbers, pool: ThreadPoolExecutor):
    found = []
    for number in numbers:
        future = pool.submit(work, session, number)
        found.append(future.result(timeout=5))
    session.commit()
    return found


def waits_for_all(session: Session, pool: ThreadPoolExecutor):
    futures = [pool.submit(work, session)]
    for future in futures:
        future.result()
    session.commit()


def waits_at_the_end_of_the_block(session: Session):
    with ThreadPoolExecutor() as pool:
        future = pool.submit(work, session)
    session.commit()
    return future.result()


def block_inside(numbers):
    with SessionLocal() as session:
        with ThreadPoolExecutor() as pool:
            pool.submit(work, session)


def on_the_other_branch(session: Session, pool: ThreadPoolExecutor, wanted):
    if wanted:
        return pool.submit(work, session)
    session.commit()
    return None


def handed_over_for_good(session: Session):
    threading.Thread(target=work, args=(session,)).start()
