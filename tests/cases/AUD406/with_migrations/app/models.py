from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("author.id"))
    editor_id = Column(ForeignKey("author.id"))
    shop_id = Column(ForeignKey("shop.id"))
    printer_id = Column(ForeignKey("printer.id"))
    owner = Column("owner_id", ForeignKey("owner.id"))
    reader_id = Column(ForeignKey("reader.id"))  # AUD406
