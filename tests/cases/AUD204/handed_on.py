"""Clients that are only handed on: they connect at their first call."""

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient
import redis
from google.cloud import storage


def wire(url, registry, is_wanted):
    client = redis.Redis.from_url(url)
    if is_wanted:
        registry.use(Manager(client))


class Manager:
    def __init__(self, client):
        self.client = client


def names(bucket):
    client = storage.Client()
    return [blob.name for blob in client.list_blobs(bucket)]


def checked(url, registry, is_wanted):
    client = redis.Redis.from_url(url)  # AUD204
    client.ping()
    if is_wanted:
        registry.append(client)
        return True
    return False


class Relations:
    def __init__(self, url):
        self._graph = redis.Redis.from_url(url).graph("relations")

    def all(self):
        return self._graph.query("MATCH (one) RETURN one")


def relations(url):
    return redis.Redis.from_url(url).graph("relations").query("MATCH (one) RETURN one")  # AUD204


async def set_up(address, models):
    client = AsyncIOMotorClient(address)
    database = client["shop"]
    await init_beanie(database=database, document_models=models)


def written_at_once(address, rows):
    client = MongoClient(address)  # AUD204
    write(client["shop"]["orders"], rows)
