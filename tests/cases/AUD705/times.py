import datetime as dates
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import jwt
from pydantic import BaseModel, Field
from sqlalchemy import Column, DateTime
from sqlalchemy.orm import mapped_column

UTC = timezone.utc


def utc_now():
    return datetime.now(UTC)


def naive_now():
    return datetime.utcnow()


class Row(BaseModel):
    made = Column(DateTime(timezone=True), default=datetime.utcnow)  # AUD705
    changed = mapped_column(
        DateTime(timezone=True),
        default=utc_now,
        onupdate=naive_now,  # AUD705
    )
    plain = Column(DateTime, default=datetime.utcnow)
    lazy = Column(DateTime(timezone=True), default=lambda: datetime.now())  # AUD705
    seen = Column(DateTime(timezone=True))


class Message(BaseModel):
    sent: datetime = Field(default_factory=datetime.utcnow)  # AUD705
    read: datetime = Field(default_factory=utc_now)


@dataclass
class Note:
    made: datetime = field(default_factory=datetime.utcnow)  # AUD705


def compared(row: Row, given):
    now = datetime.now(tz=UTC)
    if now > datetime.utcnow():  # AUD705
        return 1
    if dates.datetime.now() - timedelta(days=1) < utc_now():  # AUD705
        return 2
    if row.seen < datetime.utcnow():  # AUD705
        return 3
    if datetime.utcnow() - given > timedelta(days=1) or given < now:
        return 4
    if datetime.utcnow().replace(tzinfo=UTC) > now:
        return 5
    if now.replace(tzinfo=None) > datetime.utcnow():
        return 6
    row.seen = datetime.utcnow()  # AUD705
    row.seen = utc_now()
    row.plain = datetime.utcnow()
    return datetime.utcfromtimestamp(3).timestamp()  # AUD705


def token(user):
    jwt.encode({"sub": user, "exp": datetime.now() + timedelta(hours=1)}, "k")  # AUD705
    jwt.encode({"sub": user, "exp": datetime.utcnow() + timedelta(hours=1)}, "k")
    return jwt.encode({"sub": user, "exp": utc_now()}, "k")


def zoned(zone):
    return datetime.now(zone) - datetime.utcnow()


class Timer:
    def __init__(self):
        self.started = datetime.now(UTC)

    def elapsed(self):
        return datetime.utcnow() - self.started  # AUD705

    def local(self):
        return datetime.now().timestamp()
