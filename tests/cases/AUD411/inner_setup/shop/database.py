from sqlalchemy.orm import Session


def count(session: Session):
    return session.execute("SELECT count(*) FROM orders").scalar()
