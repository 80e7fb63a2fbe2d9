from app.settings import Settings, get_settings, settings
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import sessionmaker

engine = create_engine(str(settings.DATABASE_URL))  # AUD409
replica = create_engine(settings.replica.unicode_string())  # AUD409
built = create_engine(str(settings.built))  # AUD409
written = create_async_engine(settings.written)  # AUD409
given = create_engine(str(get_settings().DATABASE_URL))  # AUD409
pinged = create_engine(str(settings.DATABASE_URL), pool_pre_ping=True)

any_url = create_engine(str(settings.any_url))
either = create_engine(str(settings.either))
one_of_two = create_engine(settings.one_of_two)
file = create_engine(settings.file)
unknown = create_engine(settings.host)

_ENGINES = {}


def engine_of(url: str):
    if url not in _ENGINES:
        made = create_async_engine(url, echo=False)  # AUD409
        _ENGINES[url] = made
    return _ENGINES[url]


def session(config: Settings):
    return sessionmaker(engine_of(str(config.DATABASE_URL)))


def engine_of_any(url: str):
    _ENGINES[url] = create_async_engine(url, echo=False)


def sessions(config: Settings, url: str):
    engine_of_any(url)
    engine_of_any(str(config.DATABASE_URL))
