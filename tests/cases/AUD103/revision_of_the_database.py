"""A server that asks which revision its database has is no environment of migrations."""

from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

engine = create_engine("postgresql://localhost/shop")


async def revision():
    with engine.connect() as connection:  # AUD103
        return MigrationContext.configure(connection).get_current_revision()


async def rows():
    with engine.connect() as connection:  # AUD103
        return connection.execute(text("SELECT 1")).scalar()  # AUD103
