"""The environment of migrations ends with its engine."""

from alembic import context
from sqlalchemy import create_engine


def run_online(url):
    engine = create_engine(url)
    with engine.connect() as connection:
        context.configure(connection=connection)
