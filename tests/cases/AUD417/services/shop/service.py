from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import User
from shop.repository import UserRepository, create_user, find_user


class UserService:
    def __init__(self, repository: UserRepository) -> None:
        self.repository = repository

    async def register(self, data):
        if await self.repository.get_by_email(data.email):
            raise ValueError("taken")
        return await self.repository.create(data)  # AUD417

    async def register_with(self, email: str, name: str):
        known = await self.repository.get_by_email(email)
        if known is not None:
            return known
        return await self.repository.create_with(email=email, name=name)  # AUD417

    async def register_row(self, email: str):
        known = await self.repository.get_by_email(email)
        if known:
            raise ValueError("taken")
        user = User(email=email, name="")
        return await self.repository.add(user)  # AUD417

    async def register_caught(self, data):
        if await self.repository.get_by_email(data.email):
            raise ValueError("taken")
        try:
            return await self.repository.create(data)
        except IntegrityError:
            raise ValueError("taken") from None

    async def register_caught_below(self, email: str):
        if await self.repository.get_by_email(email):
            raise ValueError("taken")
        return await self.repository.create_safely(email, "")

    async def looked_up_again(self, email: str):
        if await self.repository.get_by_email(email):
            raise ValueError("taken")
        return await self.repository.create_if_missing(email)

    async def other_key(self, inviter: str, email: str):
        if not await self.repository.get_by_email(inviter):
            raise ValueError("unknown")
        return await self.repository.create_with(email=email, name="")

    async def unknown_inviter(self, inviter: str, email: str):
        known = await self.repository.get_by_email(inviter)
        if known:
            raise ValueError("known")
        return await self.repository.create_with(email=email, name="")

    async def seed_first(self):
        if await self.repository.get_by_email("admin@example.com"):
            return None
        return await self.repository.create_with("admin@example.com", "admin")


async def sign_up(session: AsyncSession, email: str):
    known = await find_user(session, email)
    if known:
        raise ValueError("taken")
    return await create_user(session, email)  # AUD417
