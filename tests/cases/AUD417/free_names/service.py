"""Names that a function has found free before the row is added that gets them."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from .models import Team
from .slugs import free_slug, new_code, unique_slug, unique_title


class TeamService:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def create(self, name: str):
        slug = await unique_slug(self.session, name.lower())
        team = Team(name=name, slug=slug)
        self.session.add(team)  # AUD417
        await self.session.flush()

    async def create_at_once(self, name: str):
        self.session.add(Team(name=name, slug=await free_slug(self.session, name)))  # AUD417
        await self.session.flush()

    async def create_caught(self, name: str):
        self.session.add(Team(name=name, slug=await free_slug(self.session, name)))
        try:
            await self.session.flush()
        except IntegrityError:
            await self.session.rollback()
            raise ValueError(name) from None

    async def create_by_lot(self, name: str):
        self.session.add(Team(name=name, slug=await new_code(self.session)))
        await self.session.flush()

    async def create_of_other(self, name: str):
        self.session.add(Team(name=name, slug=await unique_title(self.session, name)))
        await self.session.flush()
