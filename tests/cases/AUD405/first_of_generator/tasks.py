from contextlib import closing

from database import SessionLocal, get_db, get_db_pages, get_db_scope, get_session, get_sessions
from services import ReportService, UserService

registry = {}


def register(name):
    db = next(get_db())  # AUD405
    service = UserService(db)
    service.register(name)
    return {"name": name}


def register_at_once(name):
    db = next(get_session())  # AUD405
    UserService(db).register(name)


def count(model):
    db = next(get_db())  # AUD405
    found = db.query(model).count()
    db.close()
    return found


def inline(model):
    return get_db().__next__().query(model).count()  # AUD405


def own_session(name):
    session = SessionLocal()  # AUD405
    UserService(session).register(name)
    session.close()


def closed(model):
    db = next(get_db())
    try:
        return db.query(model).count()
    finally:
        db.close()


def kept_generator(model):
    generator = get_db()
    db = next(generator)
    try:
        return db.query(model).count()
    finally:
        generator.close()


def with_closing(model):
    with closing(next(get_db())) as db:
        return db.query(model).count()


def handed_out():
    return next(get_db())


def closed_by_the_service():
    db = next(get_db())
    report = ReportService(db)
    report.finish()


def kept_by_the_service(name):
    db = next(get_db())
    registry[name] = UserService(db)


def first_page(session):
    return next(get_db_pages(session))


def no_iterator(model):
    with get_db_scope() as db:
        return db.query(model).count()


def one_of_several(model):
    db = next(get_sessions())
    return db.query(model).count()
