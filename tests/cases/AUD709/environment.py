"""What Alembic's env.py writes into the configuration: postgresql:// in production, SQLite in tests."""

import os
from pathlib import Path

from alembic import context
from alembic.config import Config
from shop.settings import settings

config = context.config
config.set_main_option("sqlalchemy.url", settings.database_url)  # AUD709
config.set_main_option("sqlalchemy.url", str(settings.database_url))  # AUD709
config.set_section_option("alembic", "sqlalchemy.url", os.environ["DATABASE_URL"])  # AUD709
config.set_main_option("sqlalchemy.url", settings.database_url.replace("%", "%%"))
config.set_main_option("sqlalchemy.url", "driver://user:pass@localhost/shop")
config.set_main_option("script_location", settings.scripts)
config.set_main_option("sqlalchemy.url", config.get_main_option("async.url"))


def escaped(url):
    return url.replace("%", "%%")


def file_of(folder: Path):
    url = f"sqlite:///{folder / 'shop.db'}"
    made = Config()
    made.set_main_option("sqlalchemy.url", url)
    return made


def file_at(path):
    return "sqlite:///" + f"sqlite:///{path}".removeprefix("sqlite:///")


def of_file(path):
    made = Config()
    made.set_main_option("sqlalchemy.url", file_at(path))
    made.set_main_option("sqlalchemy.url", f"postgresql:///{path}")
    made.set_main_option("sqlalchemy.url", f"postgresql://{settings.user}:{settings.quoted}@db/shop")  # AUD709
    made.set_main_option("sqlalchemy.url", settings.doubled_url)
    return made


class Settings:
    @property
    def doubled_url(self) -> str:
        return self.database_url.replace("%", "%%")


def of_engine(engine):
    made = Config()
    made.set_main_option("sqlalchemy.url", engine.url.render_as_string(hide_password=False))  # AUD709
    return made


def doubled(url):
    made = Config()
    made.set_main_option("sqlalchemy.url", escaped(url))
    escaped_url = url
    made.set_main_option("sqlalchemy.url", escaped_url)
    return made


def _given(url):
    made = Config()
    made.set_main_option("sqlalchemy.url", url)
    return made


def giving():
    return _given(os.environ["DATABASE_URL"].replace("%", "%%"))


def taken(url: str):
    made = Config()
    made.set_main_option("sqlalchemy.url", url)  # AUD709
    return made
