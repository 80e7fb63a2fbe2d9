"""A parameter without an annotation is what the calls in its module give."""

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.database import Database


def user_named(database, name):
    return database.users.find_one({"name": name})


def known(database, name):
    return user_named(database, name) is not None


async def login(database: Database, name):
    return user_named(database, name)  # AUD103


async def look(database: Database, name):
    return known(database, name=name)  # AUD103


def told_two_things(database, name):
    return database.users.find_one({"name": name})


async def synchronous(database: Database):
    return told_two_things(database, "x")


async def asynchronous(database: AsyncDatabase):
    return await told_two_things(database, "x")


def rows_of(database, name):
    if type(database).__name__ == "Database":
        return list(database.users.find({"name": name}))
    return database.rows(name)


async def of_another_kind(database, name):
    return rows_of(database, name)


async def of_this_kind(database: Database, name):
    return rows_of(database, name)
