"""Commits of each item in a function that the loop calls."""

from shop.models import Line, Price
from sqlalchemy import select
from sqlalchemy.orm import Session


def add_line(session: Session, order, item):
    line = Line(order=order, item=item)
    session.add(line)
    session.commit()
    session.refresh(line)
    return line


def add_flushed(session: Session, order, item):
    session.add(Line(order=order, item=item))
    session.flush()


def add_caught(session: Session, order, item):
    try:
        session.add(Line(order=order, item=item))
        session.commit()
    except ValueError:
        session.rollback()


def add_alone(make, order, item):
    with make() as session:
        session.add(Line(order=order, item=item))
        session.commit()


def order_all(session: Session, order, items):
    for item in items:
        add_line(session, order, item)  # AUD404


def order_flushed(session: Session, order, items):
    for item in items:
        add_flushed(session, order, item)
    session.commit()


def order_caught(session: Session, order, items):
    for item in items:
        add_caught(session, order, item)


def order_each_alone(make, order, items):
    for item in items:
        add_alone(make, order, item)


def order_with_handler(session: Session, order, items, failed):
    for item in items:
        try:
            add_line(session, order, item)
        except ValueError:
            session.rollback()
            failed.append(item)


def order_what_is_there(session: Session, order):
    for item in session.query(Price).all():
        add_line(session, order, item)


class Prices:
    def __init__(self, session: Session):
        self.session = session

    def save(self, price):
        self.session.add(price)
        self.session.commit()

    def save_all(self, prices):
        for price in prices:
            self.save(price)  # AUD404


def due_lines(session: Session, limit):
    return list(session.scalars(select(Line).limit(limit)))


def work_off(session: Session, order, limit):
    lines = due_lines(session, limit)
    for line in lines:
        add_line(session, order, line)


def work_off_given(session: Session, order, given):
    lines = sorted(given)
    for line in lines:
        add_line(session, order, line)  # AUD404


def set_price(session: Session, number, amount):
    price = session.get(Price, number)
    if price is None:
        raise LookupError(number)
    price.amount = amount
    session.commit()


def price_all(session: Session, numbers, amount):
    for number in numbers:
        set_price(session, number, amount)  # AUD404


def order_in_one_line(session: Session, order, items):
    return [add_line(session, order, item) for item in items]  # AUD404


def flushed_in_one_line(session: Session, order, items):
    return [add_flushed(session, order, item) for item in items]


def order_lines(session: Session, order, text):
    lines = text.splitlines()
    for line in lines:
        add_line(session, order, line)  # AUD404


def order_what_is_known(session: Session, order):
    for item in known_items():
        add_line(session, order, item)
