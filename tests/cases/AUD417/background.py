"""What runs once, or one at a time in the background."""

from shop.models import Rule, Usage
from sqlalchemy import select
from sqlalchemy.orm import Session


def provision_rule(session: Session, name):
    existing = session.scalars(select(Rule).where(Rule.name == name)).first()
    if existing is None:
        session.add(Rule(name=name))
        session.flush()


class UsageCollector:
    def add(self, session: Session, name):
        row = session.scalars(select(Usage).where(Usage.name == name)).first()
        if row is None:
            session.add(Usage(name=name))
            session.flush()


class UsageService:
    def add(self, session: Session, name):
        row = session.scalars(select(Usage).where(Usage.name == name)).first()
        if row is None:
            session.add(Usage(name=name))  # AUD417
            session.flush()


def handed_to_a_writer(write, name):
    def insert(session: Session):
        existing = session.get(Queue, name)
        if existing is None:
            session.add(Queue(name=name))

    write(insert)


def called_on_the_spot(session: Session, name):
    def insert_here():
        existing = session.get(Queue, name)
        if existing is None:
            session.add(Queue(name=name))  # AUD417

    insert_here()


class Pulse:
    def beat(self, session: Session, moment):
        row = session.get(Usage, self.worker_id)
        if row is None:
            session.add(Usage(id=self.worker_id, moment=moment))
        session.commit()
