from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import declarative_base
from sqlmodel import Field, SQLModel

Base = declarative_base()


class Plain(Base):
    __tablename__ = "plain"
    id = Column(Integer, primary_key=True)
    author_id = Column(Integer, ForeignKey("author.id"), nullable=False)  # AUD406
    editor_id = Column(ForeignKey("author.id"), index=False)
    printer_id = Column(ForeignKey("printer.id"), unique=True)
    number = Column(Integer)


class Indexed(Base):
    __tablename__ = "indexed"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("author.id"))
    editor_id = Column(ForeignKey("author.id"))
    printer_id = Column(ForeignKey("printer.id"))  # AUD406
    shop_id = Column(ForeignKey("shop.id"))
    __table_args__ = (
        Index("ix_author", "author_id", "printer_id"),
        UniqueConstraint("editor_id", "number"),
        {"schema": "books"},
    )


Index("ix_shop", Indexed.shop_id.desc())


class Link(Base):
    __tablename__ = "link"
    author_id = Column(ForeignKey("author.id"), primary_key=True)
    book_id = Column(ForeignKey("book.id"), primary_key=True)


class Inherited(Plain):
    __tablename__ = "inherited"
    id = Column(ForeignKey("plain.id"), primary_key=True)


class Keyed(Base):
    __tablename__ = "keyed"
    author_id = Column(ForeignKey("author.id"))
    number = Column(Integer)
    __table_args__ = (PrimaryKeyConstraint("author_id", "number"),)


class Unreadable(Base):
    __tablename__ = "unreadable"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("author.id"))
    __table_args__ = Indexed.__table_args__


class Hero(SQLModel, table=True):
    id: int = Field(primary_key=True)
    team_id: UUID = Field(foreign_key="team.id")  # AUD406
    city_id: UUID = Field(foreign_key="city.id", index=True)


class Order(Base):
    __tablename__ = "order"
    id = Column(Integer, primary_key=True)
    status = Column(ForeignKey("status.name"))
    payment_status = Column(ForeignKey("payment_status.name"))
    city = Column(ForeignKey("town.name"))  # AUD406


class Lease(Base):
    __tablename__ = "lease"
    __table_args__ = (ExcludeConstraint((Column("room_id"), "="), (Column("during"), "&&"), using="gist"),)
    id = Column(Integer, primary_key=True)
    room_id = Column(ForeignKey("room.id"))
    guest_id = Column(ForeignKey("guest.id"))  # AUD406
