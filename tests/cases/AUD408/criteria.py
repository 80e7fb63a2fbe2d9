"""What a function hands on as further arguments."""

from sqlalchemy.orm import Session

from shop.models import Order


def counted(session: Session, *criteria):
    return session.query(Order.shop_id).filter(*criteria).all()


def by_day(session: Session, days):
    return [counted(session, Order.day == day) for day in days]  # AUD408


def of_all(session: Session, days, limit):
    return [counted(session, Order.day == limit) for _ in days]
