import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("sqlite+aiosqlite://")
Session = async_sessionmaker(engine)


async def load(session, name): ...


class Repository:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def both(self):
        return await asyncio.gather(  # AUD115
            self.session.execute("a"),
            self.session.execute("b"),
        )

    async def listed(self, names):
        jobs = [load(self.session, name) for name in names]
        return await asyncio.gather(*jobs)  # AUD115


async def tasks(names):
    async with Session() as session:
        for name in names:
            asyncio.create_task(load(session, name))  # AUD115


async def own(names):
    for name in names:
        async with Session() as session:
            await load(session, name)


async def task_each(names):
    for name in names:
        session = Session()
        asyncio.create_task(load(session, name))


async def group(session: AsyncSession):
    async with asyncio.TaskGroup() as group:
        group.create_task(load(session, 1))
        group.create_task(load(session, 2))  # AUD115


async def one_only(session: AsyncSession):
    await asyncio.gather(load(session, 1), asyncio.sleep(1))


async def one_after_the_other(session: AsyncSession):
    first = asyncio.create_task(load(session, 1))
    await first
    second = asyncio.create_task(load(session, 2))
    await second


async def two_sessions(first: AsyncSession, second: AsyncSession):
    await asyncio.gather(load(first, 1), load(second, 2))


async def each_its_own(sessions: list[AsyncSession]):
    await asyncio.gather(*[load(session, 1) for session in sessions])
