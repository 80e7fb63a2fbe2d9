"""Timeouts: which calls wait for a peer, what bounds the wait, and what they do when nothing is given."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple


class Wait(NamedTuple):
    """
    How one call that waits for a peer is bounded.

    `parameters` are the names and 0-based positions (None: by name alone) of the arguments of which one that is
    not None bounds the wait. `unbounded` tells whether the call waits for ever when none of them is given; else
    it does only where one is None. `socket_default` tells whether `socket.setdefaulttimeout` bounds the call,
    `peer` is the argument without which no connection is made.
    """

    parameters: tuple[tuple[str, int | None], ...]
    unbounded: bool
    socket_default: bool = False
    peer: tuple[str, int] | None = None


_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
_BY_NAME = (("timeout", None),)
_HOST = ("host", 0)

# Defaults from the libraries' own documentation: the standard library (docs.python.org/3), requests
# ("Timeouts"), urllib3 (Timeout), httpx (5 s), aiohttp (5 min in all; ClientTimeout() itself has none), redis-py
# (socket_timeout), botocore (60 s), openai and anthropic (10 min).
WAITS: dict[str, Wait] = {
    "urllib.request.urlopen": Wait((("timeout", 2),), True, True),
    "urllib.request.urlretrieve": Wait((), True, True),
    "urllib.request.OpenerDirector.open": Wait((("timeout", 2),), True, True),
    "socket.create_connection": Wait((("timeout", 1),), True, True),
    "smtplib.SMTP": Wait((("timeout", 3),), True, True, _HOST),
    "smtplib.SMTP_SSL": Wait(_BY_NAME, True, True, _HOST),
    "smtplib.LMTP": Wait((("timeout", 4),), True, True, _HOST),
    "ftplib.FTP": Wait((("timeout", 4),), True, True, _HOST),
    "ftplib.FTP_TLS": Wait(_BY_NAME, True, True, _HOST),
    "poplib.POP3": Wait((("timeout", 2),), True, True),
    "poplib.POP3_SSL": Wait(_BY_NAME, True, True),
    "imaplib.IMAP4": Wait((("timeout", 2),), True, True),
    "imaplib.IMAP4_SSL": Wait(_BY_NAME, True, True),
    "telnetlib.Telnet": Wait((("timeout", 2),), True, True, _HOST),
    "http.client.HTTPConnection": Wait((("timeout", 2),), True, True),
    "http.client.HTTPSConnection": Wait(_BY_NAME, True, True),
    "urllib3.request": Wait(_BY_NAME, True, True),
    "urllib3.PoolManager.request": Wait(_BY_NAME, True, True),
    "urllib3.PoolManager.urlopen": Wait(_BY_NAME, True, True),
    **{f"requests.{method}": Wait(_BY_NAME, True) for method in _METHODS},
    **{f"requests.Session.{method}": Wait(_BY_NAME, True) for method in _METHODS},
    "requests.Session.request": Wait((("timeout", 8),), True),
    "requests.Session.send": Wait(_BY_NAME, True),
    **{f"requests_oauthlib.OAuth2Session.{method}": Wait(_BY_NAME, True) for method in _METHODS},
    "requests_oauthlib.OAuth2Session.request": Wait((("timeout", None),), True),
    "requests_oauthlib.OAuth2Session.fetch_token": Wait((("timeout", 9),), True),
    "requests_oauthlib.OAuth2Session.refresh_token": Wait((("timeout", 5),), True),
    **{f"httpx.{method}": Wait(_BY_NAME, False) for method in (*_METHODS, "Client", "AsyncClient")},
    **{
        f"httpx.{client}.{method}": Wait(_BY_NAME, False)
        for client in ("Client", "AsyncClient")
        for method in _METHODS
    },
    "httpx.Timeout": Wait((("timeout", 0), ("read", None)), False),
    "aiohttp.ClientTimeout": Wait((("total", 0), ("sock_read", 2)), True),
    "aiohttp.request": Wait(_BY_NAME, False),
    **{f"aiohttp.ClientSession.{method}": Wait(_BY_NAME, False) for method in _METHODS},
    **{
        f"{package}.{name}": Wait((("socket_timeout", None),), False)
        for package in ("redis", "redis.asyncio")
        for name in (
            "Redis",
            "from_url",
            "Redis.from_url",
            "RedisCluster",
            "ConnectionPool",
            "ConnectionPool.from_url",
        )
    },
    "botocore.config.Config": Wait((("read_timeout", None),), False),
    "botocore.client.Config": Wait((("read_timeout", None),), False),
    **{
        name: Wait(_BY_NAME, False)
        for name in (
            "openai.OpenAI",
            "openai.AsyncOpenAI",
            "openai.AzureOpenAI",
            "openai.AsyncAzureOpenAI",
            "anthropic.Anthropic",
            "anthropic.AsyncAnthropic",
        )
    },
}

# Database drivers that a silent server holds for ever; looked at by option.
DATABASES: dict[str, Wait] = {
    "psycopg2.connect": Wait((("connect_timeout", None),), True),
    "pymysql.connect": Wait((("read_timeout", None),), True),
    "MySQLdb.connect": Wait((("read_timeout", None),), True),
}

# Redis clients before redis-py 8 wait for ever when nothing is given.
REDIS_BOUNDED_SINCE = (8,)

# Context managers that end what is awaited in them, and functions that end the awaitable they are given.
DEADLINE_BLOCKS = frozenset(
    {
        "asyncio.timeout",
        "asyncio.timeout_at",
        "async_timeout.timeout",
        "async_timeout.timeout_at",
        "anyio.fail_after",
        "anyio.move_on_after",
        "anyio.CancelScope",
        "trio.fail_after",
        "trio.move_on_after",
        "trio.fail_at",
        "trio.move_on_at",
        "trio.CancelScope",
    }
)
DEADLINE_CALLS = frozenset({"asyncio.wait_for", "asyncio.wait", "async_timeout.wait_for"})
