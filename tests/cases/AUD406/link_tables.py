"""A table of foreign keys alone links others; models of examples have no database."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class Placement(Base):
    __tablename__ = "placement"

    agent_id = Column(Integer, ForeignKey("agent.id"), primary_key=True)
    speaker_id = Column(Integer, ForeignKey("speaker.id"), nullable=False)


class Booking(Base):
    __tablename__ = "booking"

    agent_id = Column(Integer, ForeignKey("agent.id"), primary_key=True)
    speaker_id = Column(Integer, ForeignKey("speaker.id"), nullable=False)  # AUD406
    note = Column(String)


class Grant(Base):
    """A link that is made at a time: it is read from the side that leads its key."""

    __tablename__ = "grant"

    agent_id = Column(Integer, ForeignKey("agent.id"), primary_key=True)
    speaker_id = Column(Integer, ForeignKey("speaker.id"), primary_key=True)
    created_at = Column(Integer)


class Score(Base):
    """Rows of their own, whose key is made of those that they belong to."""

    __tablename__ = "score"

    agent_id = Column(Integer, ForeignKey("agent.id"), primary_key=True)
    speaker_id = Column(Integer, ForeignKey("speaker.id"), primary_key=True)  # AUD406
    points = Column(Integer)
    note = Column(String)
