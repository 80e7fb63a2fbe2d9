"""What calls them."""

from shop.tables import exists, owner_of, sequence_of

BOOKS = "books"


def is_made(connection):
    return exists(connection, BOOKS) and exists(connection, "authors")


def owner(connection, table):
    return owner_of(connection, table)


def sequence(connection):
    return sequence_of(connection, "books")
