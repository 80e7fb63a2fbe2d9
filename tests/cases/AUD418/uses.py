from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import Row


def counts_directly(session: Session):
    return len(session.query(Row).filter(Row.open).all())  # AUD418


async def sums(session: AsyncSession):
    result = await session.execute(select(Row))
    return sum(row.amount for row in result.scalars().all())  # AUD418


def counts_by_kind(session: Session):
    rows = session.scalars(select(Row)).all()  # AUD418
    return Counter(row.kind for row in rows)


def also_returns_them(session: Session):
    rows = session.scalars(select(Row)).all()
    return {"count": len(rows), "rows": rows}


def also_reads_them(session: Session):
    rows = session.query(Row).all()
    for row in rows:
        print(row)
    return len(rows)


def computes_in_python(session: Session, price_of):
    return sum(price_of(row) for row in session.query(Row).all())


def of_a_file(lines):
    return len(lines.all())


def sums_groups(session: Session):
    counts = session.execute(select(Row.kind, func.count(Row.id)).group_by(Row.kind)).all()
    return sum(count for _, count in counts)


def counts_and_compares(session: Session):
    rows = session.query(Row).all()  # AUD418
    return len(rows), max([row.number for row in rows])


def of_each_turn(session: Session, summaries):
    days = session.scalars(select(Row.day)).all()
    for summary in summaries:
        summary.rows = sum(1 for day in days if summary.first <= day <= summary.last)


def upgrade_12_to_13(session: Session):
    if len(session.scalars(select(Row)).all()) > 0:
        session.add(Row(kind="new"))


def summed_of_what_may_be_none(session: Session):
    orders = session.query(Order).all()  # AUD418
    total = sum(one.price or 0 for one in orders)
    return {"total": total, "number": len(orders)}


def on_average(session: Session):
    orders = session.query(Order).all()  # AUD418
    total = sum(one.price * one.number for one in orders)
    return total / len(orders) if orders else 0


def picked_and_counted(session: Session):
    orders = session.query(Order).all()  # AUD418
    paid = [one for one in orders if one.state == "paid"]
    return {"paid": len(paid), "all": len(orders)}


def picked_and_given(session: Session):
    orders = session.query(Order).all()
    paid = [one for one in orders if one.state == "paid"]
    return {"paid": paid, "all": len(orders)}


def looked_for(session: Session, name):
    for one in session.query(Order).all():  # AUD418
        if one.name == name:
            return one
    return None


def looked_for_by_a_function(session: Session, key):
    for one in session.query(Order).all():
        if verify(key, one.name):
            return one
    return None


def looked_for_among_those_of(session: Session, buyer, name):
    for one in session.query(Order).filter(Order.buyer == buyer).all():
        if one.name == name:
            return one
    return None


def the_first(session: Session):
    return session.query(Order).order_by(Order.price).all()[0]  # AUD418


def the_first_of(session: Session, name):
    return session.query(Order).filter(Order.name == name).all()[0]


def summed_of_others(session: Session):
    return sum(one.buyer.balance or 0 for one in session.query(Order).all())


def groups_that_begin(session: Session):
    counts = {}
    for one in session.query(Order).all():  # AUD418
        if one.state not in counts:
            counts[one.state] = 0
        counts[one.state] += 1
    return counts


def the_only_one(session: Session):
    orders = session.query(Order).filter(Order.open).all()
    if len(orders) > 1:
        raise LookupError
    return orders[0]


def listed_and_counted(session, Row):
    result = session.execute(select(Row).where(Row.done))
    return len(list(result.scalars().all()))  # AUD418
