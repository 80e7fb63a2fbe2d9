"""What calls them."""

from shop.tables import comment_of, exists, names_of, note_of, owner_of, row_of, sequence_of, titles_of

BOOKS = "books"


def is_made(connection):
    return exists(connection, BOOKS) and exists(connection, "authors")


def owner(connection, table):
    return owner_of(connection, table)


def sequence(connection):
    return sequence_of(connection, "books")


def comment(connection):
    return comment_of(connection, BOOKS)


def note(connection, table):
    return note_of(connection, table)


def names(connection, books):
    ids = ", ".join([str(book.id) for book in books])
    return names_of(connection, ids)


def titles(connection, books):
    keys = ", ".join(f"'{book.key}'" for book in books)
    return titles_of(connection, keys)


class Reader:
    def __init__(self, connection, key):
        self.connection = connection
        self.key = key

    def read(self):
        return row_of(self.connection, self.key)
