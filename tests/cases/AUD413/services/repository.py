from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .models import Country, Message, Order

T = TypeVar("T")


class Repository(Generic[T]):
    model: type[T]

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get_all(self):
        result = await self.session.execute(select(self.model))
        return result.scalars().all()

    async def list_newest(self):
        result = await self.session.execute(select(self.model).limit(20))
        return result.scalars().all()


class MessageRepository(Repository[Message]):
    model = Message


class OrderRepository(Repository[Order]):
    model = Order


class CountryRepository(Repository[Country]):
    model = Country
