import os

try:
    from redis import Redis
except ImportError:
    Redis = None

REDIS_URL = os.getenv("REDIS_URL", "redis://cache")


def open_redis(decode_responses: bool = False):
    if Redis is None:
        return None
    options = {"decode_responses": decode_responses}
    if REDIS_URL.startswith("rediss://"):
        options["ssl_ca_certs"] = "ca.pem"
    return Redis.from_url(REDIS_URL, **options)


def count(key):
    connection = open_redis()  # AUD202
    return None if connection is None else connection.incr(key)


def open_redis_of(tenant):
    options = {"password": tenant.password}
    return Redis.from_url(REDIS_URL, **options)


def count_of(tenant, key):
    connection = open_redis_of(tenant)
    return connection.incr(key)


def look(key):
    connection = Redis.from_url("redis://cache")  # AUD202
    return connection.get(key)


def never_asked(key):
    connection = Redis.from_url("redis://cache")
    return connection.get(key)
