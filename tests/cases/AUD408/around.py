"""Loops within loops, what ends a loop, files that each turn writes."""

from flask import jsonify
from sqlalchemy import select
from sqlalchemy.orm import Session


def of_kinds(session: Session, Book, author_rows):
    counts = []
    for author in author_rows():
        for kind in ("novel", "story"):
            query = select(Book).where(Book.author_id == author.id, Book.kind == kind)
            counts.append(len(session.scalars(query).all()))  # AUD408
    return counts


def of_sizes(session: Session, Book, author_rows):
    return [
        [session.scalar(select(Book).where(Book.author_id == author.id, Book.size == size)) for size in (1, 2)]  # AUD408
        for author in author_rows()
    ]


def of_kinds_alone(session: Session, Book, author_rows):
    for author in author_rows():
        print(author)
        for kind in ("novel", "story"):
            print(session.scalars(select(Book).where(Book.kind == kind)).all())


def of_batches(session: Session, Book, shelf_rows):
    for shelf in shelf_rows():
        for batch in shelf.batches():
            print(session.scalars(select(Book).where(Book.shelf_id == shelf.id, Book.id.in_(batch))).all())


def until_full(session: Session, Author, books, wanted):
    found = []
    for book in books():
        author = session.get(Author, book.author_id)  # AUD408
        if author.is_alive:
            found.append(author)
        if len(found) >= wanted:
            break
    return found


def until_three(session: Session, Author, books):
    found = []
    for book in books():
        found.append(session.get(Author, book.author_id))
        if len(found) >= 3:
            break
    return found


def first_alive(session: Session, Author, books):
    for book in books():
        author = session.get(Author, book.author_id)
        if author.is_alive:
            return author
    return None


def all_known(session: Session, Book, items):
    for item in items:
        book = session.get(Book, item["book_id"])  # AUD408
        if book is None:
            return jsonify({"error": f"no book {item['book_id']}"}), 404
        item["title"] = book.title
    return jsonify(items)


def all_there(session: Session, Book, items):
    for item in items:
        if not session.get(Book, item["book_id"]):  # AUD408
            return False
    return True


def first_free(session: Session, Book, names):
    for name in names:
        if not session.scalar(select(Book).where(Book.name == name)):
            return name
    return None


def in_turn(session: Session, Author, books):
    for book in books():
        yield book, session.get(Author, book.author_id)  # AUD408


def exported(session: Session, Page, books):
    for book in books():
        with open(f"{book.id}.txt", "w") as file:
            for page in session.scalars(select(Page).where(Page.book_id == book.id)):  # AUD408
                file.write(page.text)


def connected(make_session, Page, books):
    for book in books():
        with make_session(book.shop) as session:
            print(session.scalars(select(Page).where(Page.book_id == book.id)).all())


def numbered(session: Session, Page, books, names):
    for book in books():
        pages = session.scalars(select(Page).where(Page.book_id == book.id)).all()  # AUD408
        print(names.index(book.name), pages)


def of_the_first(session: Session, Author, books):
    return [session.get(Author, book.author_id) for book in books()[:10]]


def of_many(session: Session, Author, books):
    return [session.get(Author, book.author_id) for book in books()[:1000]]  # AUD408


def of_each_shelf(session: Session, catalogue, shelves):
    found = {}
    for shelf in shelves():
        for book in shelf.books:
            found[book.id] = author_of(session, book.author_id)  # AUD408
    return found


def author_of(session: Session, identifier):
    return session.get(Author, identifier)


class Author:
    pass


class Authors:
    def __init__(self, session: Session):
        self.session = session

    def get(self, identifier):
        return self.session.get(Author, identifier)


def by_own_method(authors: Authors, books):
    return [authors.get(book.author_id) for book in books()]  # AUD408


def by_mapping(authors: dict, books):
    return [authors.get(book.author_id) for book in books()]


def both(session: Session, readers, writers):
    return [author_of(session, identifier) for identifier in readers + writers]  # AUD408


def streamed(session: Session, Author, books):
    for book in books():
        author = session.get(Author, book.author_id)
        yield f"data: {author.name}\n\n"


def of_each_by_itself(make_session, Author, books):
    for book in books():
        try:
            with make_session() as session:
                print(session.get(Author, book.author_id))
        except ValueError:
            continue


def dispatched(make_session, dispatch, Author, books):
    for book in books():
        with make_session() as session:
            dispatch(session.get(Author, book.author_id))
