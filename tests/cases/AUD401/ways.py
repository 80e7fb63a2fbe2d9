from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

SessionLocal = sessionmaker()
engine = create_engine("postgresql://localhost/app")


async def awaited_handle_on_one_way(session: AsyncSession, row, wanted):
    savepoint = await session.begin_nested()  # AUD401
    session.add(row)
    if not wanted:
        return None
    await savepoint.commit()
    return row


def no_handler_covers_the_flush(session: Session, row):
    savepoint = session.begin_nested()
    session.add(row)
    session.flush()
    savepoint.commit()


def swallows_and_returns(session: Session, row):
    savepoint = session.begin_nested()  # AUD401
    try:
        session.add(row)
        session.flush()
    except IntegrityError:
        return None
    savepoint.commit()
    return row


def never_ends_it(session: Session, row):
    session.begin_nested()  # AUD401
    session.add(row)
    session.flush()


def commits_or_rolls_back(session: Session, row):
    savepoint = session.begin_nested()
    try:
        session.add(row)
        session.flush()
    except IntegrityError:
        savepoint.rollback()
        return None
    else:
        savepoint.commit()
        return row


def tests_whether_it_is_active(session: Session, row):
    savepoint = session.begin_nested()
    try:
        session.add(row)
        session.flush()
        savepoint.commit()
    finally:
        if savepoint.is_active:
            savepoint.rollback()


def enters_it_later(session: Session, row):
    savepoint = session.begin_nested()
    with savepoint:
        session.add(row)


def returns_it(session: Session):
    savepoint = session.begin_nested()
    return savepoint


def stores_it(holder, session: Session):
    holder.savepoint = session.begin_nested()


def gives_it_away(session: Session, stack):
    savepoint = session.begin_nested()
    stack.enter_context(savepoint)


def the_session_ends_it(session: Session, rows):
    for row in rows:
        session.begin_nested()
        try:
            session.add(row)
            session.commit()
        except IntegrityError:
            session.rollback()


def the_block_of_the_session_ends_it(rows):
    with SessionLocal() as session:
        savepoint = session.begin_nested()
        session.add_all(rows)
        session.flush()
        savepoint.commit()
        session.commit()


def the_block_of_the_connection_ends_it(statement):
    with engine.connect() as connection:
        transaction = connection.begin()
        connection.execute(statement)
        transaction.commit()


def transaction_on_one_way(connection_session: Session, rows):
    transaction = connection_session.begin()  # AUD401
    connection_session.add_all(rows)
    if len(rows) > 10:
        return
    transaction.commit()


class UnitOfWork:
    def __init__(self, session: Session):
        self.session = session

    def begin(self):
        self.session.begin_nested()

    def commit(self):
        self.session.commit()


@event.listens_for(SessionLocal, "after_transaction_end")
def restart_savepoint(session: Session, transaction):
    if transaction.nested:
        session.begin_nested()
        session.flush()


def a_helper_works_in_it(session: Session, rows, insert):
    for row in rows:
        savepoint = session.begin_nested()  # AUD401
        try:
            insert(session, row)
            savepoint.commit()
        except ValueError:
            continue


def a_helper_ends_it(session: Session, rows, commit_all):
    for row in rows:
        session.begin_nested()
        session.add(row)
        commit_all(session)


def asks_whether_it_is_open(session: Session, row):
    savepoint = session.begin_nested()
    try:
        session.add(row)
        session.flush()
    except ValueError:
        savepoint.rollback()
        return None
    if savepoint.is_active:
        savepoint.commit()
    return row


def asks_and_does_nothing(session: Session, row, log):
    savepoint = session.begin_nested()  # AUD401
    session.add(row)
    if savepoint.is_active:
        log("open")
    return row
