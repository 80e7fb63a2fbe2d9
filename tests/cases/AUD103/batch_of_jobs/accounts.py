import sqlite3

from timing import timed


@timed
async def copy_accounts(connection: sqlite3.Connection, source):
    accounts = [account async for account in source.accounts()]
    connection.executemany("INSERT INTO accounts VALUES (?)", accounts)


@timed
async def copy_anything(connection: sqlite3.Connection, source):
    """Nothing tells who runs this one."""
    things = [thing async for thing in source.things()]
    connection.executemany("INSERT INTO things VALUES (?)", things)  # AUD103
