from database import Session
from sqlalchemy import text


def left(item):
    with Session() as session:
        return session.execute(text("select count from stock where item = :item"), {"item": item}).scalar_one()
