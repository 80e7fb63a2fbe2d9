"""Addresses of stores: which calls take the URL of a database, cache or broker, with the credentials in it."""

from __future__ import annotations

# Top-level packages whose calls of these last names connect to what a URL names.
LIBRARIES = (
    "aio_pika",
    "aiomysql",
    "aiopg",
    "aioredis",
    "aiormq",
    "asyncpg",
    "coredis",
    "databases",
    "kombu",
    "motor",
    "nats",
    "neo4j",
    "pika",
    "psycopg",
    "psycopg2",
    "psycopg_pool",
    "pymongo",
    "redis",
    "sqlalchemy",
    "sqlmodel",
)
CONNECTING = frozenset(
    {
        "AsyncConnectionPool",
        "AsyncIOMotorClient",
        "AsyncMongoClient",
        "BrokerConnection",
        "Connection",
        "ConnectionPool",
        "Database",
        "MongoClient",
        "URLParameters",
        "connect",
        "connect_robust",
        "create_async_engine",
        "create_engine",
        "create_pool",
        "from_url",
    }
)
# What the parameter for the URL is called where it is not given first.
PARAMETERS = ("conninfo", "dsn", "host", "hostname", "servers", "uri", "url")
# Parameters by which the credentials are given apart from the URL.
CREDENTIALS = frozenset(
    {"auth", "nkeys_seed", "passwd", "password", "token", "user_credentials", "user_jwt_cb", "username"}
)
