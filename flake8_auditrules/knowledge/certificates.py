"""Certificates: the arguments and attributes that turn their verification off."""

from __future__ import annotations

from flake8_auditrules.knowledge.clients import REQUEST_METHODS

# The argument whose value False turns verification off, by the call's qualified name. From the documentation of
# requests ("SSL Cert Verification"), httpx ("SSL"), aiohttp ("SSL control for TCP sockets"), boto3; what
# elasticsearch.dsl is given for a connection goes to the client (elasticsearch/dsl/connections.py).
SWITCHES: dict[str, tuple[str, ...]] = {
    **{f"requests.{method}": ("verify",) for method in REQUEST_METHODS},
    **{f"requests.Session.{method}": ("verify",) for method in (*REQUEST_METHODS, "send")},
    **{f"httpx.{method}": ("verify",) for method in (*REQUEST_METHODS, "Client", "AsyncClient", "HTTPTransport")},
    "httpx.AsyncHTTPTransport": ("verify",),
    "httpx.create_ssl_context": ("verify",),
    "aiohttp.TCPConnector": ("ssl", "verify_ssl"),
    "aiohttp.request": ("ssl",),
    **{f"aiohttp.ClientSession.{method}": ("ssl", "verify_ssl") for method in (*REQUEST_METHODS, "ws_connect")},
    "boto3.client": ("verify",),
    "boto3.resource": ("verify",),
    "boto3.Session.client": ("verify",),
    "boto3.session.Session.client": ("verify",),
    "elasticsearch.Elasticsearch": ("verify_certs",),
    "elasticsearch.AsyncElasticsearch": ("verify_certs",),
    **{
        f"{package}.{name}.create_connection": ("verify_certs",)
        for package in ("elasticsearch.dsl", "elasticsearch_dsl")
        for name in (
            "connections",
            "connections.connections",
            "async_connections",
            "async_connections.connections",
        )
    },
    "opensearchpy.OpenSearch": ("verify_certs",),
    "opensearchpy.AsyncOpenSearch": ("verify_certs",),
    "hvac.Client": ("verify",),
}

# Libraries whose clients, and theirs alone, take `verify` at each call.
VERIFYING = ("requests", "httpx")

# Arguments that take how certificates are required, by the call's qualified name.
REQUIREMENTS: dict[str, str] = {
    "urllib3.PoolManager": "cert_reqs",
    "urllib3.HTTPSConnectionPool": "cert_reqs",
    "urllib3.ProxyManager": "cert_reqs",
    "redis.Redis": "ssl_cert_reqs",
    "redis.from_url": "ssl_cert_reqs",
    "redis.Redis.from_url": "ssl_cert_reqs",
    "redis.asyncio.Redis": "ssl_cert_reqs",
    "redis.asyncio.from_url": "ssl_cert_reqs",
    "redis.asyncio.Redis.from_url": "ssl_cert_reqs",
    "ssl.wrap_socket": "cert_reqs",
}
NOT_REQUIRED = frozenset({"CERT_NONE", "NONE", "none"})

# The key of options by which redis-py, kombu and Celery are told what is required of certificates; None, too, is
# CERT_NONE there (redis/connection.py, SSLConnection).
REDIS_KEY = "ssl_cert_reqs"

# Functions that give a context which verifies nothing.
UNVERIFIED_CONTEXTS = frozenset({"ssl._create_unverified_context", "ssl._create_stdlib_context"})

# Attributes of a session that turn verification off for all its calls.
SESSIONS = frozenset({"requests.Session", "httpx.Client", "httpx.AsyncClient"})

ARGUMENTS = frozenset({*(name for names in SWITCHES.values() for name in names), *REQUIREMENTS.values()})
