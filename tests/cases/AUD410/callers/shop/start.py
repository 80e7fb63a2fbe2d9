"""What calls them."""

from shop.tables import exists, owner_of, row_of, sequence_of

BOOKS = "books"


def is_made(connection):
    return exists(connection, BOOKS) and exists(connection, "authors")


def owner(connection, table):
    return owner_of(connection, table)


def sequence(connection):
    return sequence_of(connection, "books")


class Reader:
    def __init__(self, connection, key):
        self.connection = connection
        self.key = key

    def read(self):
        return row_of(self.connection, self.key)
