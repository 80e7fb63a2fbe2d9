"""Databases and collections of PyMongo are attributes and keys of any name."""

from gridfs import GridFS
from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo import MongoClient
from pymongo.database import Database


async def by_attribute(database: Database):
    return database.users.find_one({"name": "x"})  # AUD103


async def by_key(database: Database):
    database["users"].insert_one({"name": "x"})  # AUD103


async def by_method(database: Database):
    users = database.get_collection("users")
    users.delete_many({})  # AUD103


async def iterated(database: Database):
    for user in database.users.find({}).sort("name"):  # AUD103
        print(user)


async def listed(database: Database):
    return list(database.users.find({}))  # AUD103


async def of_the_client(database: Database):
    database.client.bulk_write([])  # AUD103


async def stored_file(database: Database, number):
    return GridFS(database).get(number)  # AUD103


class Users:
    def __init__(self):
        self.client = MongoClient("mongodb://localhost")
        self.users = self.client["app"]["users"]

    async def first(self):
        return self.users.find_one({})  # AUD103


async def only_a_cursor(database: Database):
    return database.users.find({})


async def asynchronous(database: AsyncIOMotorDatabase):
    return await database.users.find_one({})


async def awaited_after_all(database: Database):
    # Annotated as PyMongo's, used as Motor's.
    return await database.users.find_one({})
