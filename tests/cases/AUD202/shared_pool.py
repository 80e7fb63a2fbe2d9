"""A client over a pool that others share opens no connections of its own."""

import redis


class Store:
    def __init__(self, url):
        self._pool = redis.ConnectionPool.from_url(url)
        self._url = url

    def get(self, name):
        client = redis.Redis(connection_pool=self._pool)
        return client.get(name)

    def close(self):
        self._pool.disconnect()

    def read(self, name):
        client = redis.Redis.from_url(self._url)  # AUD202
        return client.get(name)
