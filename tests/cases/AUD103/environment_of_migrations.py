"""The environment in which Alembic runs migrations is a program of its own."""

import asyncio

from alembic import context
from sqlalchemy import create_engine


def migrate(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def migrate_in_a_coroutine():
    engine = create_engine("postgresql://localhost/shop")
    with engine.connect() as connection:
        migrate(connection)


def migrate_online():
    asyncio.run(migrate_in_a_coroutine())
