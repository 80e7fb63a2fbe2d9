import os

from sqlalchemy import URL, create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool, StaticPool
from sqlmodel import create_engine as create_sqlmodel_engine

HOST = os.environ["HOST"]
DATABASE_URL = os.getenv("DATABASE_URL", "postgresql://app@localhost/app")
MYSQL_URL = "mysql+pymysql://app@localhost/app"

by_default = create_engine(DATABASE_URL)  # AUD409
by_name = create_engine(MYSQL_URL, echo=True)  # AUD409
by_host = create_async_engine(f"postgresql+asyncpg://app@{HOST}/app")  # AUD409
by_parts = create_engine(URL.create("postgresql+psycopg", host=HOST))  # AUD409
of_sqlmodel = create_sqlmodel_engine(url=MYSQL_URL)  # AUD409
switched_off = create_engine(MYSQL_URL, pool_pre_ping=False)  # AUD409

_engine = None


def engine_of_all():
    global _engine
    if _engine is None:
        _engine = create_engine(DATABASE_URL)  # AUD409
    return _engine


class Store:
    def __init__(self):
        self.engine = create_engine("postgresql://app@localhost/app")  # AUD409


# What looks after its connections, or has none to keep.

pinged = create_engine(MYSQL_URL, pool_pre_ping=True)
recycled = create_engine(MYSQL_URL, pool_recycle=1800)
set_by_variable = create_engine(MYSQL_URL, pool_pre_ping=bool(HOST))
not_pooled = create_engine(MYSQL_URL, poolclass=NullPool)
of_one = create_engine(MYSQL_URL, poolclass=StaticPool)
with_options = create_engine(MYSQL_URL, **{"pool_pre_ping": True})
file = create_engine("sqlite:///app.db")
file_by_default = create_engine(os.getenv("DATABASE_URL", "sqlite:///app.db"))
file_of_host = create_async_engine(f"sqlite+aiosqlite:///{HOST}")

# Nobody knows what it connects to; the module speaks of SQLite.

unknown = create_engine(os.environ["DATABASE_URL"])
tuned = create_engine(os.environ["DATABASE_URL"], pool_size=20)


def migrate():
    engine = create_engine(MYSQL_URL)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE old")
    engine.dispose()


class SqliteStore:
    def __init__(self):
        self.engine = create_engine(DATABASE_URL)


class Store:
    def __init__(self):
        self.engine = create_engine(DATABASE_URL)  # AUD409
