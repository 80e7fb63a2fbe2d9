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
