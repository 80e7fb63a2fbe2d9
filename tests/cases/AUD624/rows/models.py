from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, validates


class Base(DeclarativeBase):
    pass


class Report(Base):
    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    name: Mapped[str | None]
    label: Mapped[int]
    slug: Mapped[str]


class Checked(Base):
    __tablename__ = "checked"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))

    @validates("title")
    def check_title(self, key, value):
        return value


class Settings:
    title: str = "plain"
