"""Helpers that wait for another machine, and helpers that write on the session they are handed."""

import time

import httpx
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import Book


def fetch_title(number):
    return httpx.get(f"https://books.example.com/{number}", timeout=5).json()["title"]


def title_of(book):
    if book.number is None:
        return None
    return fetch_title(book.number)


def try_again():
    time.sleep(1)


async def announce(client: httpx.AsyncClient, book):
    await client.post("https://news.example.com/", json={"book": book.id})


def store(session: Session, book):
    session.add(book)
    session.flush()


def store_by_store(session, book):
    store(session, book)
    return book


def store_and_commit(session: Session, book):
    session.add(book)
    session.flush()
    session.commit()


def look_up(session: Session, number):
    return session.scalars(select(Book).where(Book.number == number)).first()


def store_fetched(session: Session, number):
    book = Book(number=number, title=fetch_title(number))
    session.add(book)
    session.flush()
    return book


def store_in_another(session: Session | None, book):
    session = session or Session()
    session.add(book)
    session.flush()


def waits_below(session: Session, book):
    session.execute(update(Book).values(seen=True))
    book.title = title_of(book)  # AUD414
    session.commit()


def turn_after_turn(session: Session, numbers):
    for number in numbers:
        title = fetch_title(number)  # AUD414
        session.add(Book(number=number, title=title))
        session.flush()
    session.commit()


def writes_below(session: Session, book):
    store_by_store(session, book)
    book.title = httpx.get("https://books.example.com/", timeout=5).text  # AUD414
    session.commit()


def both_below(session: Session, book):
    store(session, book=book)
    book.title = fetch_title(book.number)  # AUD414
    session.commit()


def both_in_one(session: Session, numbers):
    found = []
    for number in numbers:
        if look_up(session, number) is None:
            found.append(store_fetched(session, number))  # AUD414
    session.commit()
    return found


async def awaited(session: AsyncSession, client: httpx.AsyncClient, book):
    session.add(book)
    await session.flush()
    await announce(client, book)  # AUD414
    await session.commit()


async def put_off(session: AsyncSession, client: httpx.AsyncClient, book, later):
    session.add(book)
    await session.flush()
    later.append(announce(client, book))
    await session.commit()


class Books:
    def __init__(self, session: Session):
        self.session = session

    def _store(self, book):
        self.session.add(book)
        self.session.flush()

    def _finish(self):
        self.session.commit()

    def add(self, book):
        self._store(book)
        book.title = fetch_title(book.number)  # AUD414
        self.session.commit()

    def add_in_two(self, book):
        self._store(book)
        self._finish()
        book.title = fetch_title(book.number)
        self.session.commit()


def once(session: Session, number):
    book = store_fetched(session, number)
    session.commit()
    return book


def commits_each_turn(session: Session, numbers):
    for number in numbers:
        store_fetched(session, number)
        session.commit()


def helper_commits(session: Session, book):
    store_and_commit(session, book)
    book.title = fetch_title(book.number)
    session.commit()


def only_reads(session: Session, number):
    book = look_up(session, number)
    book.title = fetch_title(number)
    session.commit()


def commit_is_the_callers(session: Session, book):
    store(session, book)
    book.title = fetch_title(book.number)


def session_of_its_own(session: Session, book):
    store_in_another(session, book)
    book.title = fetch_title(book.number)
    session.commit()


def handed_to_others_later(session: Session, book, finish):
    store(session, book)
    book.title = fetch_title(book.number)  # AUD414
    finish(session)
    session.commit()


def kept_by_an_object(session: Session, number):
    books = Books(session)
    session.add(Book(number=number))
    session.flush()
    books.add_in_two(Book(number=number))
    session.commit()


def handed_to_others(session: Session, book, finish):
    store(session, book)
    finish(session)
    book.title = fetch_title(book.number)
    session.commit()


def between_attempts(session: Session, book):
    store(session, book)
    try_again()
    session.commit()
