from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)


class Draft(Base):
    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)


class Forum(Base):
    __tablename__ = "forums"

    id: Mapped[int] = mapped_column(primary_key=True)
    notes: Mapped[list["Note"]] = relationship()


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Nothing asks by it, and members stay.
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    # A condition, an argument of what finds rows, and one in a text.
    editor_id: Mapped[int] = mapped_column(ForeignKey("members.id"))  # AUD406
    reader_id: Mapped[int] = mapped_column(ForeignKey("members.id"))  # AUD406
    owner_id: Mapped[int] = mapped_column(ForeignKey("members.id"))  # AUD406
    # Drafts are deleted, and `ondelete` expects that the other rows are.
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))  # AUD406
    printer_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))  # AUD406


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    # The relationship of the forum asks by it.
    forum_id: Mapped[int] = mapped_column(ForeignKey("forums.id"))  # AUD406


class Unasked(Base):
    __tablename__ = "unasked"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Nothing here asks for its rows: somebody else does.
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))  # AUD406
