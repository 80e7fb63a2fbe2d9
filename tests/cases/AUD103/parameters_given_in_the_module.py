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
