"""Loops that count, questions whether there are any, and rows that are searched in Python."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Row


def per_kind(session: Session):
    rows = session.scalars(select(Row)).all()  # AUD418
    counts = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    return counts


def per_day(session: Session, owner):
    rows = session.query(Row).filter(Row.owner == owner).all()  # AUD418
    days, late = {}, 0
    for row in rows:
        day = row.made_at.date().isoformat()
        days[day] = days.get(day, 0) + 1
        if row.late and row.price > 10:
            late += 1
    return days, late


def by_a_function_of_a_column(session: Session, bucket):
    rows = session.query(Row).all()  # AUD418
    counts = {"total": len(rows), "open": 0, "closed": 0}
    for row in rows:
        counts[bucket(row.status)] += 1
    return counts


def added_up(session: Session):
    total = 0
    for row in session.query(Row).all():  # AUD418
        total += row.price * row.number
    return total


def listed_to_be_counted(session: Session):
    return len(list(session.scalars(select(Row).where(Row.open))))  # AUD418


def whether_there_are_any(session: Session):
    rows = session.scalars(select(Row)).all()  # AUD418
    if not rows:
        raise LookupError
    return True


def one_by_its_name(session: Session, name):
    rows = session.scalars(select(Row)).all()  # AUD418
    return next((row for row in rows if row.name == name), None)


def those_of_a_kind(session: Session, kind):
    rows = session.query(Row).all()  # AUD418
    return [row for row in rows if row.kind == kind]


def both_halves(session: Session, kind):
    rows = session.query(Row).all()
    return [row for row in rows if row.kind == kind], [row for row in rows if row.kind != kind]


def whether_one_of_a_key_is_there(session: Session, name):
    return bool(session.get(Row, name)) or not session.query(Row).filter(Row.name == name).all()


def there_and_shown(session: Session):
    rows = session.scalars(select(Row)).all()
    if not rows:
        raise LookupError
    return [row.name for row in rows]


def of_a_document(session: Session, parse):
    counts = {}
    for row in session.query(Row).all():
        kind = parse(row.payload)
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def of_a_row(session: Session, price_of):
    total = 0
    for row in session.query(Row).all():
        total += price_of(row)
    return total


def of_what_belongs_to_it(session: Session):
    total = 0
    for row in session.query(Row).all():
        total += row.owner.credit
    return total


def with_a_list(session: Session):
    found, count = [], 0
    for row in session.query(Row).all():
        found.append(row)
        count += 1
    return found, count


def joined(session: Session):
    text = ""
    for row in session.query(Row).all():
        text += ","
        text += row.name
    return text


def those_of_property(session: Session, now):
    rows = session.query(Row).all()
    return [row for row in rows if row.is_late(now)]


def joined_from_nothing(session: Session):
    text = ""
    for row in session.query(Row).all():
        text += row.name
    return text


def with_columns_of_several(session: Session, owner):
    rows = session.scalars(select(Row).where(Row.owner == owner)).all()  # AUD418
    kinds, tags = {}, {}
    for row in rows:
        if row.kind:
            kinds[row.kind] = kinds.get(row.kind, 0) + 1
        for tag in row.tags or []:
            tags[tag] = tags.get(tag, 0) + 1
    return kinds, tags, len(rows)


def columns_of_several_alone(session: Session, owner):
    tags = {}
    for row in session.scalars(select(Row).where(Row.owner == owner)).all():
        for tag in row.tags:
            tags[tag] = tags.get(tag, 0) + 1
    return tags


def with_parts_of_texts(session: Session):
    kinds, words = {}, {}
    for row in session.scalars(select(Row)).all():
        kinds[row.kind] = kinds.get(row.kind, 0) + 1
        for word in row.text.split():
            words[word] = words.get(word, 0) + 1
    return kinds, words
