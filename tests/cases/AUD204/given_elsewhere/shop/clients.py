import httpx
import pymongo


def make_client(url):
    client = httpx.AsyncClient(base_url=url)
    client.headers["Accept"] = "application/json"
    return client


class Store:
    def __init__(self, url):
        self.url = url

    def _make_client(self):
        from pymongo import MongoClient

        return MongoClient(self.url)

    def count(self):
        client = self._make_client()  # AUD204
        return client["shop"]["orders"].count_documents({})

    def names(self):
        with self._make_client() as client:
            return client.list_database_names()


_shared = pymongo.MongoClient()


def shared_client():
    return _shared
