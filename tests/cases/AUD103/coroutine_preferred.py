# Where the test asks for a coroutine, the other branch is for objects that have none.
import inspect
import sqlite3


async def close(connection: sqlite3.Connection):
    if hasattr(connection, "aexecute"):
        await connection.aexecute("SELECT 1")
    else:
        connection.execute("SELECT 1")


async def store(connection: sqlite3.Connection, row):
    execute = getattr(connection, "execute_async", None)
    if callable(execute):
        await execute("INSERT INTO seen VALUES (?)", row)
    else:
        connection.execute("INSERT INTO seen VALUES (?)", row)


async def count(connection: sqlite3.Connection):
    try:
        return await connection.acount("seen")
    except AttributeError:
        return connection.execute("SELECT count(*) FROM seen").fetchone()


async def either(connection: sqlite3.Connection, function):
    if inspect.iscoroutinefunction(function):
        await function()
    else:
        connection.execute("SELECT 1")


async def only_where_given(connection: sqlite3.Connection, notify):
    if notify is not None:
        await notify()
    else:
        connection.execute("SELECT 1")  # AUD103
