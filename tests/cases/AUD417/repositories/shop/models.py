from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import DeclarativeBase, Session


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String, unique=True)
    name = Column(String)

    @classmethod
    def by_email(cls, session: Session, email):
        return session.query(cls).filter(cls.email == email).first()

    @classmethod
    def create_with_key(cls, email):
        return cls(email=email)
