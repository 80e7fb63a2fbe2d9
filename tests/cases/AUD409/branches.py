import functools
import os

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

URL = os.environ.get("DATABASE_URL", "sqlite:///app.db")

if URL.startswith("sqlite"):
    engine = create_engine(URL, connect_args={"check_same_thread": False})
else:
    engine = create_engine(URL)  # AUD409

if not URL.startswith("sqlite"):
    second = create_engine(URL, echo=True)  # AUD409
else:
    second = create_engine(URL)

if "sqlite" in URL:
    third = create_engine(URL)
else:
    third = create_engine(URL, pool_pre_ping=True)

if os.environ.get("DEBUG") == "1":
    fourth = create_engine(URL, echo=True)
else:
    fourth = create_engine(URL)


def make(url: str, pool_size: int = 5):
    if url.startswith("sqlite"):
        return create_async_engine(url)
    return create_async_engine(url, pool_size=pool_size)  # AUD409


@functools.lru_cache
def shared():
    return create_engine(os.getenv("URL", "postgresql://app@localhost/app"))  # AUD409


@functools.cache
def shared_by_name():
    made = create_engine("postgresql://app@localhost/app")  # AUD409
    return made


def for_once(url: str):
    if url.startswith("sqlite"):
        return create_engine(url)
    return create_engine(url)
