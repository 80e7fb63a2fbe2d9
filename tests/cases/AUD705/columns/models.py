"""Tables with times."""

from datetime import datetime, timezone

from sqlalchemy import Column, DateTime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Key(Base):
    __tablename__ = "keys"

    number: Mapped[int] = mapped_column(primary_key=True)
    expires: Mapped[datetime | None] = mapped_column(DateTime, nullable=True)
    made = Column(DateTime())
    zoned: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    guessed: Mapped[datetime] = mapped_column()

    def is_over(self) -> bool:
        return self.expires < datetime.now(timezone.utc)  # AUD705
