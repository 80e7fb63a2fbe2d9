from app.database import SessionLocal, engine, session_scope


def leaves_it_open(row):
    session = SessionLocal()  # AUD405
    session.add(row)
    session.commit()
    session.close()


def leaves_a_connection_open(statement):
    connection = engine.connect()  # AUD405
    return connection.execute(statement).all()


def closes_it(row):
    with SessionLocal() as session:
        session.add(row)
        session.commit()


def is_given_one(row):
    with session_scope() as session:
        session.add(row)
