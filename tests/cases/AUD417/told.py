"""Functions that tell whether there is a row, rows that add themselves, and spellings made alike."""

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session


class Users:
    def __init__(self, session: Session):
        self.session = session

    def find(self, email):
        return self.session.query(User).filter(User.email == email).first()

    def is_taken(self, email) -> bool:
        return self.session.query(User).filter(User.email == email).count() > 0

    def has(self, email) -> bool:
        return self.session.query(exists().where(User.email == email)).scalar()

    def has_some(self, email) -> bool:
        return bool(self.session.scalar(select(func.count()).where(User.email == email)))

    def is_known(self, email) -> bool:
        return self.find(email) is not None

    def is_unknown(self, email) -> bool:
        return self.find(email) is None

    def add(self, email):
        if self.is_taken(email):
            raise ValueError(email)
        user = User(email=email)
        self.session.add(user)  # AUD417
        self.session.commit()

    def add_other(self, email):
        if self.is_known(email):
            raise ValueError(email)
        user = User(email=email)
        self.session.add(user)  # AUD417
        self.session.commit()

    def add_new(self, email):
        if self.has(email):
            raise ValueError(email)
        user = User(email=email)
        self.session.add(user)  # AUD417
        self.session.commit()

    def add_first(self, email):
        if self.has_some(email):
            raise ValueError(email)
        user = User(email=email)
        self.session.add(user)  # AUD417
        self.session.commit()

    def add_known(self, email):
        if self.is_unknown(email):
            raise ValueError(email)
        user = User(email=email)
        self.session.add(user)
        self.session.commit()


def folded(session: Session, email):
    if session.query(User).filter(func.lower(User.email) == email.lower()).first():
        raise ValueError(email)
    session.add(User(email=email))  # AUD417
    session.commit()


def otherwise(session: Session, body):
    user = session.query(User).filter_by(email=body.email).first()
    if user:
        user.name = body.name
    else:
        user = User()
        user.email = body.email
        user.name = body.name
        session.add(user)  # AUD417
    session.commit()


def numbered(session: Session, owner):
    last = session.scalar(select(func.max(Invoice.number)).where(Invoice.owner == owner)) or 0
    session.add(Invoice(owner=owner, number=last + 1))  # AUD417
    session.commit()


def numbered_under_lock(session: Session, owner):
    session.execute(select(Owner).where(Owner.id == owner).with_for_update())
    last = session.scalar(select(func.max(Invoice.number)).where(Invoice.owner == owner)) or 0
    session.add(Invoice(owner=owner, number=last + 1))
    session.commit()


def of_another_column(session: Session, owner):
    last = session.scalar(select(func.max(Invoice.total)).where(Invoice.owner == owner)) or 0
    session.add(Invoice(owner=owner, number=last + 1))
    session.commit()


def numbered_by_holder(session: Session, owner):
    claimed = session.execute(update(Owner).where(Owner.id == owner, Owner.holder == "me").values(seen=True))
    if not claimed.rowcount:
        return
    last = session.scalar(select(func.max(Invoice.number)).where(Invoice.owner == owner)) or 0
    session.add(Invoice(owner=owner, number=last + 1))
    session.commit()
