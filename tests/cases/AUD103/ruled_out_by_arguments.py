# What a caller hands over can keep the function from going on to what blocks.
import sqlite3


def count(connection: sqlite3.Connection, caller=None):
    return connection.execute("SELECT count(*) FROM seen WHERE caller = ?", (caller,)).fetchone() if caller else 0


def page(connection: sqlite3.Connection, name, caller=None, *, verbose: bool = False):
    if caller is not None:
        connection.execute("INSERT INTO seen VALUES (?)", (name,))
    return name


def remove(connection: sqlite3.Connection, name, keep):
    if keep:
        return
    connection.execute("DELETE FROM seen WHERE name = ?", (name,))


class Store:
    def __init__(self, connection: sqlite3.Connection, read_only=False) -> None:
        self.connection = connection
        if not read_only:
            connection.execute("CREATE TABLE seen (name TEXT)")

    def put(self, name, is_new=True):
        if is_new:
            self.connection.execute("INSERT INTO seen VALUES (?)", (name,))


async def without_caller(connection):
    return count(connection), page(connection, "start"), page(connection, "start", None, verbose=True)


async def with_none(connection):
    return count(connection, None), page(connection, "start", caller=None)


async def with_caller(connection, name):
    return count(connection, name)  # AUD103


async def with_unknown(connection, name, *others, **more):
    page(connection, "start", *others)  # AUD103
    page(connection, "start", **more)  # AUD103
    return page(connection, "start", name)  # AUD103


async def kept(connection):
    remove(connection, "start", True)
    remove(connection, "start", keep=True)


async def removed(connection, keep):
    remove(connection, "start", False)  # AUD103
    remove(connection, "start", keep)  # AUD103


async def opened(connection):
    store = Store(connection, read_only=True)
    store.put("start", is_new=False)
    store.put("start", False)
    Store.put(store, "start", False)
    return store


async def filled(connection):
    store = Store(connection)  # AUD103
    store.put("start")  # AUD103
    store.put("start", True)  # AUD103
    return store
