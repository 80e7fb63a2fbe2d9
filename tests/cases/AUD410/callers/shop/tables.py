"""Functions that write a parameter into a statement."""

from sqlalchemy import text


def exists(connection, name):
    return connection.execute(text(f"SELECT to_regclass('{name}')")).scalar() is not None


def owner_of(connection, name):
    return connection.execute(text(f"SELECT owner FROM tables WHERE name = '{name}'")).scalar()  # AUD410


def next_number(connection, name):
    return connection.execute(text(f"SELECT setval('{name}_id_seq', max(id)) FROM {name}")).scalar()


def sequence_of(connection, table):
    def ask(cursor):
        cursor.execute("SELECT pg_get_serial_sequence('%s', 'id')" % table)
        return cursor.fetchone()

    return connection.run(ask)


def row_of(connection, key):
    return connection.execute(text(f"SELECT name FROM books WHERE key = '{key}'")).one()  # AUD410


def comment_of(connection, table):
    return _comment(connection, table)


def _comment(connection, table):
    return connection.execute(text(f"SELECT comment FROM tables WHERE name = '{table}'")).scalar()


def note_of(connection, table):
    return _note(connection, table)


def _note(connection, table):
    return connection.execute(text(f"SELECT note FROM tables WHERE name = '{table}'")).scalar()  # AUD410


def names_of(connection, ids):
    return connection.execute(text(f"SELECT name FROM books WHERE id IN ({ids})")).all()


def titles_of(connection, keys):
    return connection.execute(text(f"SELECT title FROM books WHERE key IN ({keys})")).all()  # AUD410
