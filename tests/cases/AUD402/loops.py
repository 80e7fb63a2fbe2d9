import logging

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from app.models import Row

SessionLocal = sessionmaker()
log = logging.getLogger(__name__)


async def saves_rows_one_by_one(session: AsyncSession, rows):
    for row in rows:
        try:
            session.add(row)
            await session.commit()
        except IntegrityError:  # AUD402
            log.warning("row %s is there already", row)


async def asks_for_a_session(db: AsyncSession, names):
    async with shared(db) as db:
        for name in names:
            try:
                db.add(Row(name=name))
                await db.commit()
            except Exception as error:  # AUD402
                log.exception(error)
                continue


def rolls_back(session: Session, rows):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except SQLAlchemyError:
            log.exception("not saved")
            session.rollback()


def rolls_back_at_the_next_turn(session: Session, rows):
    failed = False
    for row in rows:
        if failed:
            session.rollback()
            failed = False
        try:
            session.add(row)
            session.flush()
        except SQLAlchemyError:
            failed = True


def logs_and_raises(session: Session, rows):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except Exception:
            log.exception("not saved")
            raise


def raises_it_by_name_before_a_finally(session: Session, rows, table):
    for row in rows:
        try:
            session.add(row)
            session.commit()
        except BaseException as error:
            raise error
        finally:
            table.drop()
            session.commit()


def leaves_the_loop(session: Session, rows):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except Exception:
            log.exception("not saved")
            break


def opens_a_session_a_turn(rows):
    for row in rows:
        with SessionLocal() as session:
            try:
                session.add(row)
                session.commit()
            except Exception:
                log.exception("not saved")


def makes_a_session_a_turn(rows):
    for row in rows:
        session = SessionLocal()
        try:
            session.add(row)
            session.commit()
        except Exception:
            log.exception("not saved")
        finally:
            session.close()


def makes_a_session_in_the_try(rows):
    for row in rows:
        try:
            with SessionLocal.begin() as session:
                session.add(row)
                session.flush()
        except Exception:
            log.exception("not saved")


def begins_in_the_try(session: Session, rows):
    for row in rows:
        try:
            with session.begin():
                session.add(row)
                session.flush()
        except Exception:
            log.exception("not saved")


def stops_where_the_session_is_broken(session: Session, rows):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except Exception:
            log.exception("not saved")
            if not session.is_active:
                break


def never_flushes_in_the_try(session: Session, rows, load):
    for row in rows:
        try:
            load(row)
        except Exception:
            log.exception("not loaded")
            row.status = "failed"
            session.commit()


def takes_what_no_flush_raises(session: Session, rows):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except ValueError:
            log.exception("not a number")


def gives_the_session_to_a_helper(session: Session, rows, recover):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except Exception:
            recover(session)


def has_an_earlier_handler(session: Session, rows):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except SQLAlchemyError:
            session.rollback()
        except Exception:
            log.exception("something else")


def rolls_back_around_it(session: Session, rows):
    for row in rows:
        try:
            try:
                session.add(row)
                session.flush()
            except Exception:
                session.rollback()
                raise
        except Exception:
            log.exception("not saved")


def closes_in_a_finally_between(session: Session, rows):
    for row in rows:
        try:
            try:
                session.add(row)
                session.commit()
            finally:
                session.close()
        except Exception:
            log.exception("not saved")


def is_known_by_its_use(session, rows):
    for row in rows:
        try:
            session.add(row)
            session.flush()
        except Exception:  # AUD402
            log.exception("not saved")
    return session.scalars(select(Row)).all()


def flushes_a_file(stream, rows):
    for row in rows:
        try:
            stream.write(row)
            stream.flush()
        except Exception:
            log.exception("not written")
