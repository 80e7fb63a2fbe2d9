import sqlite3

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from app.models import Author, Book

SessionLocal = sessionmaker()
KINDS = ("novel", "poem")


async def asks_for_each(session: AsyncSession, identifiers: list[int]):
    found = []
    for identifier in identifiers:
        statement = select(Author).where(Author.id == identifier)
        result = await session.execute(statement)  # AUD408
        found.append(result.scalar_one_or_none())
    return found


def asks_the_old_way(session: Session, books):
    for book in books:
        key = book.author_id
        book.author = session.query(Author).filter(Author.id == key).first()  # AUD408


def asks_sqlite_for_each(connection: sqlite3.Connection, names):
    found = {}
    for name in names:
        found[name] = connection.execute("SELECT id FROM author WHERE name = ?", (name,)).fetchone()  # AUD408
    return found


def asks_once(session: Session, identifiers):
    return session.scalars(select(Author).where(Author.id.in_(identifiers))).all()


def asks_before_the_loop(session: Session):
    for author in session.scalars(select(Author)):
        print(author)


def asks_in_batches(session: Session, batches):
    found = []
    for batch in batches:
        found.extend(session.scalars(select(Author).where(Author.id.in_(batch))))
    return found


def asks_for_a_few(session: Session):
    return {kind: session.scalar(select(Book).where(Book.kind == kind)) for kind in KINDS}


def asks_page_after_page(session: Session, count):
    for number in range(count):
        session.scalars(select(Book).offset(number * 100).limit(100)).all()


def looks_for_a_free_name(session: Session, candidates):
    for candidate in candidates:
        if session.scalar(select(Author).where(Author.name == candidate)) is None:
            return candidate
    return None


def writes_each(session: Session, books):
    for book in books:
        session.execute(update(Book).where(Book.id == book.id).values(read=True))
        session.execute(delete(Author).where(Author.id == book.author_id))


def works_on_each_by_itself(session: Session, identifiers):
    for identifier in identifiers:
        book = session.get(Book, identifier)
        book.read = True
        session.commit()


def opens_a_session_for_each(identifiers):
    for identifier in identifiers:
        with SessionLocal() as session:
            print(session.get(Book, identifier))  # AUD408


def opens_a_shop_for_each(shops):
    for shop in shops:
        with SessionLocal(bind=shop.engine) as session:
            print(session.get(Book, shop.first))


def commits_for_each(identifiers):
    for identifier in identifiers:
        with SessionLocal() as session:
            session.get(Book, identifier).read = True
            session.commit()


def waits_for_a_row(session: Session, identifier):
    while True:
        if session.scalar(select(Book).where(Book.id == identifier)):
            return


def asks_a_dictionary(found: dict, names):
    return [found.get(name) for name in names]


def asks_for_groups(session: Session, groups: dict):
    found = []
    for kind, identifiers in groups.items():
        statement = select(Book).where(Book.kind == kind, Book.id.in_(identifiers))
        found.extend(session.scalars(statement))
    return found


def asks_each_table(session: Session, tables, since):
    return {table: session.scalars(select(table).where(table.created >= since)).all() for table in tables}


def builds_one_query(session: Session, filters):
    query = session.query(Book)
    for key, value in filters:
        query = query.join(session.query(Author.id).filter(Author.key == key, Author.value == value).subquery())
    return query.all()


def walks_a_tree(session: Session, root):
    found = [root]
    for parent in found:
        found.extend(session.scalars(select(Book.id).where(Book.parent_id == parent)))
    return found


def asks_for_written_out_prefixes(session: Session, old, new):
    prefixes = (old, new)
    found = []
    for prefix in prefixes:
        found.extend(session.scalars(select(Book).where(Book.name.startswith(prefix))))
    return found


def is_reported_once(session: Session, books):
    for book in books:
        book.author = session.get(Author, book.author_id)  # AUD408
        book.editor = session.get(Author, book.editor_id)


def asks_each_link_table(session: Session, links, comment):
    found = {}
    for name, (table, column) in links.items():
        found[name] = session.query(table.c[column]).filter(table.c.comment == comment).all()
    return found


def asks_once_for_each_author(session: Session, books):
    authors = {}
    for book in books:
        if book.author_id not in authors:
            authors[book.author_id] = session.get(Author, book.author_id)
    return authors


def asks_for_each_text(session: Session, book):
    return [session.get(Author, text.author_id) for text in book.translations.values()]  # AUD408


def asks_for_what_a_loop_finds(session: Session, shelves):
    found = []
    for shelf in shelves:
        found.append(shelf.author_id)
    return [session.get(Author, key) for key in sorted(found)]  # AUD408


def seal(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT rowid FROM books WHERE name = ?", (name,)).fetchone()
    connection.execute("UPDATE books SET sealed = 1 WHERE name = ?", (name,))
    return row[0]


def works_on_each(connection: sqlite3.Connection, names: list[str]):
    return [seal(connection, name) for name in names]


def number(connection: sqlite3.Connection, name: str) -> str:
    return connection.execute("SELECT rowid FROM books WHERE name = ?", (name,)).fetchone()[0]


def asks_through_a_function(connection: sqlite3.Connection, names: list[str]):
    return [number(connection, name) for name in names]  # AUD408


def asks_for_rows_through_a_function(connection: sqlite3.Connection, books):
    return [number(connection, book.name) for book in books]  # AUD408


def loads_again(session: Session, books):
    session.add_all(books)
    session.commit()
    for book in books:
        session.refresh(book)  # AUD408
    return books


def loads_one_again(session: Session, book, others):
    for other in others:
        book.others.append(other)
        session.refresh(book)


def asks_part_by_part(session: Session, parts, any_of):
    found = []
    for part in parts:
        found.extend(session.execute(select(Author).where(Author.id == any_of(part))).scalars())
    return found


def first_that_is_open(session: Session, members):
    return next((one for one in members if session.get(Author, one.author_id)), None)


def all_that_are_open(session: Session, members):
    return [one for one in members if session.get(Author, one.author_id)]  # AUD408


def sizes_of_files(paths):
    found = []
    for path in paths:
        connection = sqlite3.connect(path)
        found.append(connection.execute("SELECT count(*) FROM row WHERE path = ?", (path,)).fetchone())
        connection.close()
    return found


def ends_an_inner_loop(session: Session, identifiers, words):
    for identifier in identifiers:
        author = session.get(Author, identifier)  # AUD408
        for word in words:
            if word in author.name:
                print(author.name)
                break


def ends_the_loop_itself(session: Session, identifiers, words):
    for identifier in identifiers:
        author = session.get(Author, identifier)
        for word in words:
            print(word)
        else:
            break
        print(author)


def asks_each_file(paths: list[str]):
    # Each has its own connection, whatever its cursor is called.
    found = []
    for path in paths:
        connection = sqlite3.connect(path)
        c = connection.cursor()
        found.extend(c.execute("SELECT name FROM book WHERE file = ?", (path,)).fetchall())
        connection.close()
    return found


def asks_by_a_short_name(connection: sqlite3.Connection, books):
    found = []
    for book in books:
        c = book.author
        found.append(connection.execute("SELECT name FROM author WHERE id = ?", (c,)).fetchone())  # AUD408
    return found


def of_chunks_with_keys(session: Session, workspace):
    chunks = session.scalars(select(Book).where(Book.workspace == workspace)).all()
    found = []
    for chunk in chunks:
        found.append(session.get(Author, chunk.author_id))  # AUD408
    return found


def of_chunks_of_keys(session: Session, chunks):
    found = []
    for chunk in chunks:
        found += session.scalars(select(Author).where(Author.id == max(chunk)))
    return found


def of_a_language_model(session: Session, books, model):
    found = []
    for book in books:
        text = model.extract(book.text, prompt="Who wrote it?")
        found.append((text, session.scalar(select(Author).where(Author.id == book.author_id))))
    return found
