from datetime import datetime
from typing import Optional

from sqlalchemy import JSON, Column, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, validates


class Base(DeclarativeBase):
    pass


class Named:
    title: Mapped[str] = mapped_column(String(80))


class Project(Named, Base):
    __tablename__ = "projects"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[Optional[str]] = mapped_column()
    place: Mapped["str | None"] = mapped_column()
    options: Mapped[dict] = mapped_column(JSON)
    owner: Mapped["User"] = relationship()
    due_at: Mapped[datetime] = mapped_column(nullable=True)
    code: Mapped[str] = mapped_column()

    @validates("code")
    def check_code(self, name, value):
        return value or ""


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String, nullable=False)
    phone = Column(String)
    project = Column(ForeignKey("projects.id"), nullable=False)


class Unmapped:
    name: str
