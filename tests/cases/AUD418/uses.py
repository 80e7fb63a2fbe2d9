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
