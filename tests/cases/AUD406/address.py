"""The address of the database stands beside the models: MySQL makes an index for each foreign key."""

from sqlalchemy import Column, ForeignKey, Integer, create_engine
from sqlalchemy.orm import declarative_base

engine = create_engine("mysql+pymysql://localhost/books", pool_pre_ping=True)
Base = declarative_base()


class Author(Base):
    __tablename__ = "author"

    id = Column(Integer, primary_key=True)


class Book(Base):
    __tablename__ = "book"

    id = Column(Integer, primary_key=True)
    author_id = Column(Integer, ForeignKey("author.id"))
    pages = Column(Integer)
