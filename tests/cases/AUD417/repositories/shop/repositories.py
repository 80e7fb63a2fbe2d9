from shop.models import User
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession


class Repository:
    model = None

    def __init__(self, session: AsyncSession):
        self.session = session

    async def create(self, **values):
        row = self.model(**values)
        self.session.add(row)
        await self.session.commit()
        return row


class Users(Repository):
    model = User

    async def by_email(self, email: str):
        result = await self.session.execute(select(User).where(User.email == email))
        return result.scalar_one_or_none()

    async def is_taken(self, email: str):
        result = await self.session.execute(select(User.id).where(User.email == email))
        return result.first() is not None
