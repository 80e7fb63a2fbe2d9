"""Clients: what owns connections, how it is made and how it is closed."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple


class Client(NamedTuple):
    """
    How one class or factory of clients works.

    `is_async` tells whether its methods are coroutines, `closers` are the methods that release its
    connections (empty: nothing has to be closed), `is_http` whether each call names a URL of its own.
    """

    is_async: bool
    closers: tuple[str, ...]
    is_http: bool = False


REQUEST_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "request", "stream")
"""The methods of HTTP clients that send a request to a URL; requests has no `stream`."""

_CLOSE = ("close",)

# By the qualified name of the constructor or factory. From the libraries' own documentation and sources.
CLIENTS: dict[str, Client] = {
    "httpx.Client": Client(False, _CLOSE, True),
    "httpx.AsyncClient": Client(True, ("aclose",), True),
    "requests.Session": Client(False, _CLOSE, True),
    "authlib.integrations.httpx_client.AsyncOAuth1Client": Client(True, ("aclose",), True),
    "authlib.integrations.httpx_client.AsyncOAuth2Client": Client(True, ("aclose",), True),
    "azure.storage.blob.aio.BlobServiceClient": Client(True, _CLOSE),
    "clickhouse_connect.get_client": Client(False, _CLOSE),
    "neo4j.AsyncGraphDatabase.driver": Client(True, _CLOSE),
    "neo4j.GraphDatabase.driver": Client(False, _CLOSE),
    "aiohttp.ClientSession": Client(True, _CLOSE, True),
    "urllib3.PoolManager": Client(False, ("clear",), True),
    "niquests.Session": Client(False, _CLOSE, True),
    "niquests.AsyncSession": Client(True, _CLOSE, True),
    "curl_cffi.requests.Session": Client(False, _CLOSE, True),
    "curl_cffi.requests.AsyncSession": Client(True, _CLOSE, True),
    "redis.Redis": Client(False, ("close", "disconnect")),
    "redis.from_url": Client(False, ("close", "disconnect")),
    "redis.Redis.from_url": Client(False, ("close", "disconnect")),
    "redis.RedisCluster": Client(False, _CLOSE),
    "redis.ConnectionPool": Client(False, ("disconnect", "close")),
    "redis.ConnectionPool.from_url": Client(False, ("disconnect", "close")),
    "redis.asyncio.Redis": Client(True, ("aclose", "close")),
    "redis.asyncio.from_url": Client(True, ("aclose", "close")),
    "redis.asyncio.Redis.from_url": Client(True, ("aclose", "close")),
    "redis.asyncio.RedisCluster": Client(True, ("aclose", "close")),
    "sqlalchemy.create_engine": Client(False, ("dispose",)),
    "sqlalchemy.engine_from_config": Client(False, ("dispose",)),
    "sqlalchemy.ext.asyncio.create_async_engine": Client(True, ("dispose",)),
    "pymongo.MongoClient": Client(False, _CLOSE),
    "pymongo.AsyncMongoClient": Client(True, _CLOSE),
    "motor.motor_asyncio.AsyncIOMotorClient": Client(True, _CLOSE),
    "asyncpg.create_pool": Client(True, ("close", "terminate")),
    "psycopg_pool.ConnectionPool": Client(False, _CLOSE),
    "psycopg_pool.AsyncConnectionPool": Client(True, _CLOSE),
    "psycopg2.pool.SimpleConnectionPool": Client(False, ("closeall",)),
    "psycopg2.pool.ThreadedConnectionPool": Client(False, ("closeall",)),
    "boto3.client": Client(False, ()),
    "boto3.resource": Client(False, ()),
    "boto3.Session": Client(False, ()),
    "elasticsearch.Elasticsearch": Client(False, _CLOSE),
    "elasticsearch.AsyncElasticsearch": Client(True, _CLOSE),
    "opensearchpy.OpenSearch": Client(False, _CLOSE),
    "opensearchpy.AsyncOpenSearch": Client(True, _CLOSE),
    "openai.OpenAI": Client(False, _CLOSE),
    "openai.AsyncOpenAI": Client(True, _CLOSE),
    "openai.AzureOpenAI": Client(False, _CLOSE),
    "openai.AsyncAzureOpenAI": Client(True, _CLOSE),
    "anthropic.Anthropic": Client(False, _CLOSE),
    "anthropic.AsyncAnthropic": Client(True, _CLOSE),
    "qdrant_client.QdrantClient": Client(False, _CLOSE),
    "qdrant_client.AsyncQdrantClient": Client(True, _CLOSE),
    "google.cloud.storage.Client": Client(False, _CLOSE),
    "google.cloud.bigquery.Client": Client(False, _CLOSE),
    "google.cloud.pubsub_v1.PublisherClient": Client(False, ("stop",)),
    "google.cloud.firestore.Client": Client(False, _CLOSE),
    "google.cloud.logging.Client": Client(False, ()),
    "google.cloud.run_v2.ServicesClient": Client(False, ()),
    "google.cloud.secretmanager.SecretManagerServiceClient": Client(False, ()),
    "google.cloud.tasks_v2.CloudTasksClient": Client(False, ()),
    "fastmcp.Client": Client(True, ()),
    "azure.storage.blob.BlobServiceClient": Client(False, _CLOSE),
    "slack_sdk.WebClient": Client(False, ()),
    "slack_sdk.web.async_client.AsyncWebClient": Client(True, ()),
    "twilio.rest.Client": Client(False, ()),
    "spotipy.Spotify": Client(False, ()),
    "influxdb_client.InfluxDBClient": Client(False, _CLOSE),
}

HTTP_CLIENTS: frozenset[str] = frozenset(name for name, client in CLIENTS.items() if client.is_http)

# Attributes and methods of clients by which they are set up, without a connection.
CONFIGURING: frozenset[str] = frozenset(
    {
        "adapters",
        "auth",
        "base_url",
        "cert",
        "cookies",
        "create_authorization_url",
        "event_hooks",
        "headers",
        "hooks",
        "load_host_keys",
        "load_system_host_keys",
        "max_redirects",
        "merge_environment_settings",
        "mount",
        "params",
        "prepare_request",
        "pubsub",
        "proxies",
        "set_debuglevel",
        "set_missing_host_key_policy",
        "set_tunnel",
        "timeout",
        "trust_env",
        "verify",
    }
)

# Methods that register a function as what is run again and again, a task of a queue or a tool that models call,
# and the libraries whose objects have them.
REPEATING: dict[str, tuple[str, ...]] = {
    "actor": ("dramatiq",),
    "call_tool": ("mcp",),
    "subscriber": ("faststream",),
    "task": ("huey", "procrastinate", "taskiq", "taskiq_aio_pika", "taskiq_nats", "taskiq_redis"),
    "tool": ("fastmcp", "mcp", "pydantic_ai"),
}

# Methods of sockets that fail by OSError alone.
CONNECTING: frozenset[str] = frozenset({"bind", "connect", "connect_ex", "listen", "setsockopt", "settimeout"})

# Connections that are no clients of the kind above: what makes one, and what closes it.
CONNECTIONS: dict[str, tuple[str, ...]] = {
    "asyncio.open_connection": _CLOSE,
    "asyncio.open_unix_connection": _CLOSE,
    "ftplib.FTP": ("quit", "close"),
    "ftplib.FTP_TLS": ("quit", "close"),
    "http.client.HTTPConnection": _CLOSE,
    "http.client.HTTPSConnection": _CLOSE,
    "imaplib.IMAP4": ("logout", "shutdown", "close"),
    "imaplib.IMAP4_SSL": ("logout", "shutdown", "close"),
    "paramiko.SSHClient": _CLOSE,
    "paramiko.Transport": _CLOSE,
    "poplib.POP3": ("quit", "close"),
    "poplib.POP3_SSL": ("quit", "close"),
    "smtplib.SMTP": ("quit", "close"),
    "smtplib.SMTP_SSL": ("quit", "close"),
    "socket.create_connection": ("close", "detach"),
    "socket.socket": ("close", "detach"),
}

# Connections of two streams of asyncio, and the methods that fail only where the connection is lost: it is closed
# then (a connection that the other side has ended for its part stays open).
STREAMS: frozenset[str] = frozenset({"asyncio.open_connection", "asyncio.open_unix_connection"})
STREAM_CALLS: frozenset[str] = frozenset(
    {
        "at_eof",
        "close",
        "drain",
        "encode",
        "get_extra_info",
        "getpeercert",
        "is_closing",
        "read",
        "readline",
        "selected_alpn_protocol",
        "wait_closed",
        "write",
        "write_eof",
        "writelines",
    }
)

# Connections that are made by a method, after the object.
LATE_CONNECTIONS: frozenset[str] = frozenset(
    {"http.client.HTTPConnection", "http.client.HTTPSConnection", "paramiko.SSHClient"}
)

# Connections that are made with the object only where that is given an address.
CONNECTED_BY_ADDRESS: frozenset[str] = frozenset(
    {"ftplib.FTP", "ftplib.FTP_TLS", "smtplib.SMTP", "smtplib.SMTP_SSL"}
)

# Clients that their own library closes when they are collected, or whose methods close after each call.
SELF_CLOSING: frozenset[str] = frozenset(
    {
        "anthropic.Anthropic",
        "anthropic.AsyncAnthropic",
        "openai.OpenAI",
        "openai.AsyncOpenAI",
        "openai.AzureOpenAI",
        "openai.AsyncAzureOpenAI",
        "google.cloud.bigquery.Client",
        "google.cloud.firestore.Client",
        "google.cloud.storage.Client",
    }
)

# Clients that warn, or hold their connections for ever, where nobody closes them.
WARNING: frozenset[str] = frozenset(
    {
        "aiohttp.ClientSession",
        "asyncpg.create_pool",
        "httpx.AsyncClient",
        "psycopg_pool.AsyncConnectionPool",
        "psycopg_pool.ConnectionPool",
        "redis.asyncio.Redis",
        "redis.asyncio.Redis.from_url",
        "redis.asyncio.from_url",
    }
)
