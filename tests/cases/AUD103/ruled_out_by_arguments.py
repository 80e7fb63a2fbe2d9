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


def insert(connection: sqlite3.Connection, name, owner=None):
    owner = owner or Owner(connection)
    return name, owner


def seen_by(connection: sqlite3.Connection, name, owner=None):
    return owner or connection.execute("SELECT owner FROM seen WHERE name = ?", (name,)).fetchone()


def seen(connection: sqlite3.Connection, name, owner=None):
    return seen_by(connection, name, owner)


def seen_when_told(connection: sqlite3.Connection, name, told=None):
    return told and connection.execute("SELECT owner FROM seen WHERE name = ?", (name,)).fetchone()


def told(connection: sqlite3.Connection, name, told=None):
    return seen_when_told(connection, name, told)


class Owner:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.row = connection.execute("SELECT owner FROM seen").fetchone()


class User:
    pass


async def with_an_object(connection):
    user = User()
    seen(connection, "start", user)
    seen(connection, "start", owner=User())
    return seen_by(connection, "start", user)


async def without_an_object(connection):
    users = []
    user = None
    seen(connection, "start")  # AUD103
    seen(connection, "start", user)  # AUD103
    seen(connection, "start", users)  # AUD103
    return seen_by(connection, "start")  # AUD103


async def not_told(connection):
    told(connection, "start")
    told(connection, "start", None)
    return told(connection, "start", "now")  # AUD103


async def inserted(connection, name):
    insert(connection, name, User())
    return insert(connection, name)  # AUD103


def put_all(connection: sqlite3.Connection, names=None, owners=None, *, dry_run=True):
    for name in names or []:
        connection.execute("INSERT INTO seen VALUES (?)", (name,))
    wanted = owners or ()
    for owner in wanted:
        connection.execute("INSERT INTO owners VALUES (?)", (owner,))
    return len(wanted)


async def put_none(connection):
    put_all(connection)
    put_all(connection, None, [])
    put_all(connection, names=[])


async def put_some(connection, names):
    put_all(connection, names)  # AUD103
    put_all(connection, ["start"])  # AUD103
    put_all(connection, owners=names)  # AUD103


def write(connection: sqlite3.Connection, name, engine=None, *, dry_run=True):
    if dry_run:
        return None
    if engine is not None and hasattr(engine, "prepare"):
        try:
            return connection.execute("INSERT INTO seen VALUES (?)", (name,))
        except sqlite3.Error:
            return None
    return name


async def written(connection, dry_run):
    return write(connection, "start", dry_run=dry_run)


async def written_by(connection, engine, dry_run):
    write(connection, "start", engine)
    return write(connection, "start", engine, dry_run=dry_run)  # AUD103


def inner_names(connection: sqlite3.Connection, names=None):
    wanted = names or []

    def put():
        for name in wanted:
            connection.execute("INSERT INTO seen VALUES (?)", (name,))

    wanted.append("start")
    return put()


async def inner(connection):
    return inner_names(connection)  # AUD103
