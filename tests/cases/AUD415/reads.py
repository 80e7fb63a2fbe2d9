from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.models import Row

engine = create_async_engine("sqlite+aiosqlite://")
make_session = async_sessionmaker(engine)
make_lasting_session = async_sessionmaker(engine, expire_on_commit=False)
make_unknown_session = async_sessionmaker(engine, **Row.options)


async def reads_a_loaded_row(identifier):
    async with AsyncSession(engine) as session:
        row = await session.get(Row, identifier)
        row.count = 1
        await session.commit()
        print(row.name)  # AUD415


async def reads_on_one_way(identifier, log):
    session = make_session()
    row = await session.get(Row, identifier)
    await session.commit()
    if log:
        return {"name": row.name}  # AUD415
    await session.close()
    return None


async def keeps_the_key_before(name):
    async with make_session() as session:
        row = Row(name=name)
        session.add(row)
        await session.flush()
        identifier = row.id
        await session.commit()
        return identifier


async def refreshes(name):
    async with make_session() as session:
        row = Row(name=name)
        session.add(row)
        await session.commit()
        await session.refresh(row)
        return row.id


async def loads_again(identifier):
    async with make_session() as session:
        row = await session.get(Row, identifier)
        await session.commit()
        row = await session.get(Row, identifier)
        return row.name


async def lasts(name):
    async with make_lasting_session() as session:
        row = Row(name=name)
        session.add(row)
        await session.commit()
        return row.id


async def nobody_knows(name):
    async with make_unknown_session() as session:
        row = Row(name=name)
        session.add(row)
        await session.commit()
        return row.id


async def is_given_the_session(session: AsyncSession, name):
    row = Row(name=name)
    session.add(row)
    await session.commit()
    return row.id


async def writes_only(name):
    async with make_session() as session:
        row = Row(name=name)
        session.add(row)
        await session.commit()
        row.name = "other"
        await session.commit()
