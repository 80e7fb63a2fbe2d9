from typing import List

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import store
from shop.models import Author, Book
from shop.schemas import AuthorName, AuthorOut

router = APIRouter()


def _shown(author):
    return {"name": author.name, "books": len(author.books)}


def _shown_if(author, full):
    return {"books": len(author.books)} if full else {"name": author.name}


def counts(session: Session):
    return [len(author.books) for author in session.scalars(select(Author))]  # AUD408


def shown(session: Session):
    return [_shown(author) for author in session.query(Author).all()]  # AUD408


def shown_if(session: Session, full):
    return [_shown_if(author, full) for author in session.query(Author).all()]


def as_dicts(session: Session):
    authors = session.query(Author).order_by(Author.name).all()
    return {author.id: author.to_dict() for author in authors}  # AUD408


def as_names(session: Session):
    return [author.to_name() for author in session.query(Author).all()]


def closed(session: Session):
    for author in session.query(Author).all():
        author.close(session)


def filled(session: Session, book):
    for author in session.query(Author).all():
        author.books.append(book)


def from_store(session: Session):
    return {author.name: [book.title for book in author.books] for author in store.all_authors(session)}  # AUD408


def from_store_loaded(session: Session):
    return {author.name: [book.title for book in author.books] for author in store.full_authors(session)}


def of_one_author(session: Session, author):
    # The one author is loaded with the first book.
    return [book.author.name for book in store.books_of(session, author)]


def of_each(session: Session):
    books = session.query(Book).all()
    return [book.author.name for book in books]  # AUD408


async def in_coroutine(session: Session):
    return [len(author.books) for author in session.scalars(select(Author))]


def validated(session: Session):
    return [AuthorOut.model_validate(one) for one in store.all_authors(session)]  # AUD408


def validated_names(session: Session):
    return [AuthorName.model_validate(one) for one in store.all_authors(session)]


@router.get("/authors", response_model=List[AuthorOut])
def list_authors(session: Session = Depends()):
    return store.all_authors(session)  # AUD408


@router.get("/authors/full", response_model=list[AuthorOut])
def list_full_authors(session: Session = Depends()):
    return store.full_authors(session)


@router.get("/names")
def list_names(session: Session = Depends()) -> list[AuthorName]:
    return store.all_authors(session)


@router.get("/authors/{name}", response_model=AuthorOut)
def read_author(name: str, session: Session = Depends()):
    return store.one_author(session, name)
