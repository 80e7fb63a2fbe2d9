from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Event, Setting, Tag


def set_tags(session: Session, library: int, names: list[str]):
    for name in names:
        tag = session.scalar(select(Tag).where(Tag.library_id == library, Tag.name == name))
        if tag is None:
            session.add(Tag(library_id=library, name=name))  # AUD417
    session.commit()


def keep(session: Session, values: dict[str, str]):
    for key, value in values.items():
        row = session.get(Setting, key)
        if row is None:
            session.add(Setting(key=key, value=value))  # AUD417
    session.commit()


def keep_events(session: Session, events):
    for event in events:
        row = session.get(Event, event.event_id)
        if row is None:
            session.add(Event(id=event.event_id))
    session.commit()


def load_tags(session: Session, library: int, names: list[str]):
    for name in names:
        tag = session.scalar(select(Tag).where(Tag.library_id == library, Tag.name == name))
        if tag is None:
            session.add(Tag(library_id=library, name=name))
    session.commit()
