"""What is there for tests ends with their run."""

import unittest

import redis


def connected(url):
    client = redis.Redis.from_url(url)
    if client.ping():
        return client
    raise unittest.SkipTest("no server")
