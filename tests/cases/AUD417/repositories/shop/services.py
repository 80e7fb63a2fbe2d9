from shop.models import User
from shop.repositories import Users
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


class Service:
    def __init__(self, session: AsyncSession):
        self.session = session
        self.users = Users(session)

    async def register(self, email):
        if await self.users.by_email(email):
            raise ValueError(email)
        return await self.users.create(email=email)  # AUD417

    async def unpacked(self, data):
        if await self.users.by_email(data.email):
            raise ValueError(data)
        return await self.users.create(**data.model_dump())  # AUD417

    async def told(self, data):
        if await self.users.is_taken(data.email):
            raise ValueError(data)
        user = User(**data.model_dump())
        self.session.add(user)  # AUD417
        await self.session.commit()

    async def ensured(self, email):
        user = await self.users.by_email(email)
        if user is None:
            user = await self.users.create(email=email)  # AUD417
        return user

    async def caught(self, email):
        if await self.users.by_email(email):
            raise ValueError(email)
        try:
            return await self.users.create(email=email)
        except IntegrityError:
            raise ValueError(email) from None

    async def of_another_key(self, email, name):
        if await self.users.by_email(email):
            raise ValueError(email)
        return await self.users.create(name=name)


def by_the_model(session: Session, email):
    if User.by_email(session, email):
        raise ValueError(email)
    session.add(User(email=email))  # AUD417
    session.commit()


def by_a_factory(session: Session, email):
    if session.query(User).filter(User.email == email).first():
        raise ValueError(email)
    user = User.create_with_key(email=email)
    session.add(user)  # AUD417
    session.commit()


def of_items(session: Session, data):
    if session.query(User).filter(User.email == data["email"]).first():
        raise ValueError(data)
    session.add(User(**data))  # AUD417
    session.commit()


def of_other_items(session: Session, data, other):
    if session.query(User).filter(User.email == other["email"]).first():
        raise ValueError(data)
    session.add(User(**data))
    session.commit()


def of_fields(session: Session, data):
    if session.query(User).filter(User.email == data.email).first():
        raise ValueError(data)
    values = data.model_dump()
    session.add(User(**values))  # AUD417
    session.commit()


def validated(session: Session, data):
    if session.query(User).filter(User.email == data.email).first():
        raise ValueError(data)
    user = User.model_validate(data)
    session.add(user)  # AUD417
    session.commit()


def of_any_model(session: Session, model, **values):
    row = session.query(model).filter_by(**values).first()
    if row is None:
        row = model(**values)
        session.add(row)  # AUD417
        session.commit()
    return row


def by_a_factory_of_two(session: Session, email):
    if session.query(User).filter(User.email == email).first():
        raise ValueError(email)
    user, key = User.create_with_key(email=email)
    session.add(user)  # AUD417
    session.commit()
    return key


def of_a_dict(session: Session, email):
    if session.query(User).filter(User.email == email).first():
        raise ValueError(email)
    values = {"email": email, "name": ""}
    session.add(User(**values))  # AUD417
    session.commit()


async def of_a_dict_that_is_handed(session: AsyncSession, email):
    users = Users(session)
    if await users.by_email(email):
        raise ValueError(email)
    values = {"email": email, "name": ""}
    return await users.create(**values)  # AUD417


async def of_another_dict(session: AsyncSession, email, name):
    users = Users(session)
    if await users.by_email(email):
        raise ValueError(email)
    return await users.create(**{"name": name})
