"""How a function may ask whether a row is there, and how it may test the answer."""

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.models import Invoice, Tag, User


def counted(session: Session, name):
    number = session.query(Tag).filter(Tag.name == name).count()
    if number != 0:
        return "there already"
    tag = Tag(name=name)
    session.add(tag)  # AUD417
    session.commit()
    return "made"


def counted_by_the_database(session: Session, name):
    if session.scalar(select(func.count()).select_from(Tag).where(Tag.name == name)) > 0:
        raise ValueError(name)
    session.add(Tag(name=name))  # AUD417
    session.commit()


def asked_for_existence(session: Session, name):
    if session.scalar(select(exists().where(Tag.name == name))):
        raise ValueError(name)
    session.add(Tag(name=name))  # AUD417
    session.commit()


def asked_in_the_test(session: Session, email, password):
    if session.scalars(select(User).where(User.email == email)).first():
        raise ValueError(email)
    hashed = hash(password)
    user = User(email=email, hashed=hashed)
    session.add(user)  # AUD417
    session.commit()


async def made_in_the_other_branch(session: AsyncSession, name, colour):
    tag = (await session.execute(select(Tag).where(Tag.name == name))).scalar_one_or_none()
    if tag:
        tag.colour = colour
    else:
        tag = Tag(name=name, colour=colour)
        session.add(tag)  # AUD417
    await session.commit()


def built_in_steps(session: Session, name, owner):
    query = session.query(Tag).filter_by(name=name)
    if owner is not None:
        query = query.filter_by(owner=owner)
    else:
        query = query.filter(Tag.owner.is_(None))
    tag = query.one_or_none()
    if tag is None:
        tag = Tag(name=name, owner=owner)
        session.add(tag)  # AUD417
    session.commit()


def filled_afterwards(session: Session, name, colour):
    tag = session.scalar(select(Tag).where(Tag.name == name))
    if tag is None:
        tag = Tag()
        tag.name = name
        tag.colour = colour
        session.add(tag)  # AUD417
    session.commit()


def of_fields(session: Session, body):
    if session.scalar(select(User).where(User.email == body.email)) is not None:
        raise ValueError(body.email)
    user = User(**body.model_dump())
    session.add(user)  # AUD417
    session.commit()


def given_as_a_row(session: Session, tag: Tag):
    known = session.query(Tag).filter(Tag.name == tag.name).first()
    if known is not None:
        return known
    session.add(tag)  # AUD417
    session.commit()
    return tag


def parsed_on_the_way(session: Session, name, text):
    known = session.query(Tag).filter(Tag.name == name).first()
    if known is None:
        try:
            weight = int(text)
        except ValueError:
            weight = 0
        session.add(Tag(name=name, weight=weight))  # AUD417
    session.commit()


def raised_again(session: Session, name):
    known = session.query(Tag).filter(Tag.name == name).first()
    if known is None:
        try:
            session.add(Tag(name=name))  # AUD417
            session.commit()
        except Exception:
            session.rollback()
            raise


def answered(session: Session, name):
    known = session.query(Tag).filter(Tag.name == name).first()
    if known is None:
        session.add(Tag(name=name))
        try:
            session.commit()
        except Exception as error:
            session.rollback()
            raise ValueError(name) from error


def found_among_a_few(session: Session, owner, moment):
    tags = session.query(Tag).filter_by(owner=owner).all()
    known = find_near(tags, moment)
    if known is not None:
        return known
    tag = Tag(owner=owner, moment=moment)
    session.add(tag)  # AUD417
    session.commit()
    return tag


def tried_until_free(session: Session, name):
    while session.query(Tag).filter(Tag.name == name).first():
        name = f"{name}-2"
    session.add(Tag(name=name))  # AUD417
    session.commit()


def of_a_quota(session: Session, owner):
    number = session.query(Tag).filter(Tag.owner == owner).count()
    if number >= 10:
        raise ValueError(owner)
    session.add(Tag(owner=owner))
    session.commit()


def next_in_line(session: Session, owner):
    last = session.scalar(select(func.max(Invoice.number)).where(Invoice.owner == owner))
    if last is None:
        last = 0
    session.add(Invoice(owner=owner, number=last + 1))  # AUD417
    session.commit()


def of_an_inactive_one(session: Session, name):
    known = session.query(Tag).filter(Tag.name == name).first()
    if known.active:
        return known
    session.add(Tag(name=name))
    session.commit()


def unless_wanted(session: Session, name, force):
    known = session.query(Tag).filter(Tag.name == name).first()
    if known and not force:
        return known
    session.add(Tag(name=name))
    session.commit()


def suppressed(session: Session, name, suppress):
    known = session.query(Tag).filter(Tag.name == name).first()
    if known is None:
        with suppress(IntegrityError):
            session.add(Tag(name=name))
            session.commit()


def defined(session: Session, definition: Tag):
    known = session.query(Tag).filter(Tag.code == definition.code).first()
    if known is None:
        session.add(definition)  # AUD417


class TagStore:
    def __init__(self, session: Session):
        self.session = session

    def by_name(self, name):
        wanted = name.strip()
        return self.session.query(Tag).filter(Tag.name == wanted, Tag.kind == "own").one_or_none()

    def ensure(self, name):
        known = self.by_name(name)
        if known is not None:
            return known
        tag = Tag(name=name, kind="own")
        self.session.add(tag)  # AUD417
        self.session.commit()
        return tag

    def ensure_shared(self, name):
        known = self.by_name(name)
        if known is not None:
            return known
        tag = Tag(name=name, kind="shared")
        self.session.add(tag)
        self.session.commit()
        return tag
