"""What calls them."""

from shop.tables import comment_of, exists, note_of, owner_of, row_of, sequence_of

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


class Reader:
    def __init__(self, connection, key):
        self.connection = connection
        self.key = key

    def read(self):
        return row_of(self.connection, self.key)
