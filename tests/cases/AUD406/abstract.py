from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class OfArchive(Base):
    __abstract__ = True

    archive_id: Mapped[int] = mapped_column(ForeignKey("archive.id"))


class Passage(OfArchive):
    __tablename__ = "passage"
    __table_args__ = (Index("ix_passage_archive", "archive_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))  # AUD406
