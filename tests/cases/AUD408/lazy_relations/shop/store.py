from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop.models import Author, Book


def all_authors(session: Session):
    return session.scalars(select(Author)).all()


def full_authors(session: Session):
    return session.scalars(select(Author).options(selectinload(Author.books))).all()


def one_author(session: Session, name):
    return session.scalars(select(Author).where(Author.name == name)).first()


def books_of(session: Session, author):
    return session.query(Book).filter(Book.author_id == author.id).all()
