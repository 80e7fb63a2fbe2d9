"""Narrow failures: exception classes of clients that look like all failures of a request, and are not."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple


class Narrow(NamedTuple):
    """
    A class and the requests whose failures it does not cover.

    `calls` are the qualified names of functions and classes that ask a peer, where they are given an address,
    and `methods` those of an instance of `owner` that do; `missed` tells what comes through, and `cure` is a class
    that covers it.
    """

    calls: frozenset[str]
    owner: str
    methods: frozenset[str]
    missed: str
    cure: str


def _connecting(*calls: str, owner: str = "", methods: tuple[str, ...] = ()) -> Narrow:
    """A class for what a server answers, beside calls that connect to it."""
    missed = "connections that are refused or time out"
    return Narrow(frozenset(calls), owner, frozenset(methods), missed, "OSError")


# What the classes leave out was seen on local servers that refuse, hang up or never answer, with Python 3.11,
# aiohttp 3.14, asyncpg 0.32 and paramiko 5.1. `urlopen` turns only what fails as it connects and sends into a
# URLError; what fails after that, as it waits for the answer and as the body is read, comes as it is:
# TimeoutError, RemoteDisconnected, ConnectionResetError, IncompleteRead. The timeouts of aiohttp's sockets are
# ClientErrors; the one of the whole request, which is on by default, is not. The other classes are for what a
# server says: while there is none, a plain OSError is raised.
_URL_ERROR = Narrow(
    frozenset({"urllib.request.urlopen"}),
    "urllib.request.OpenerDirector",
    frozenset({"open"}),
    "time-outs and lost connections once the request is sent",
    "OSError",
)
_CLIENT_ERROR = Narrow(
    frozenset({"aiohttp.request"}),
    "aiohttp.ClientSession",
    frozenset({"delete", "get", "head", "options", "patch", "post", "put", "request"}),
    "the time-out of the whole request, a plain TimeoutError",
    "asyncio.TimeoutError",
)
_POSTGRES_ERROR = _connecting("asyncpg.connect", "asyncpg.create_pool")
_SSH_ERROR = _connecting(owner="paramiko.SSHClient", methods=("connect",))
CLASSES: dict[str, Narrow] = {
    "urllib.error.URLError": _URL_ERROR,
    "urllib.request.URLError": _URL_ERROR,
    "aiohttp.ClientError": _CLIENT_ERROR,
    "aiohttp.client_exceptions.ClientError": _CLIENT_ERROR,
    "smtplib.SMTPException": _connecting(
        "smtplib.SMTP", "smtplib.SMTP_SSL", owner="smtplib.SMTP", methods=("connect",)
    ),
    "imaplib.IMAP4.error": _connecting("imaplib.IMAP4", "imaplib.IMAP4_SSL"),
    "poplib.error_proto": _connecting("poplib.POP3", "poplib.POP3_SSL"),
    "asyncpg.PostgresError": _POSTGRES_ERROR,
    "asyncpg.exceptions.PostgresError": _POSTGRES_ERROR,
    "paramiko.SSHException": _SSH_ERROR,
    "paramiko.ssh_exception.SSHException": _SSH_ERROR,
}

# Classes any of which beside a narrow one shows that its gaps are known.
COVERING: frozenset[str] = frozenset(
    {
        "asyncio.TimeoutError",
        "asyncio.exceptions.TimeoutError",
        "builtins.BaseException",
        "builtins.ConnectionError",
        "builtins.ConnectionResetError",
        "builtins.EnvironmentError",
        "builtins.Exception",
        "builtins.IOError",
        "builtins.OSError",
        "builtins.TimeoutError",
        "concurrent.futures.TimeoutError",
        "http.client.BadStatusLine",
        "http.client.HTTPException",
        "http.client.IncompleteRead",
        "http.client.RemoteDisconnected",
        "socket.error",
        "socket.timeout",
    }
)
# Packages whose other classes cover none of it.
BESIDE: tuple[str, ...] = (
    "aiohttp.",
    "asyncpg.",
    "builtins.",
    "imaplib.",
    "json.",
    "paramiko.",
    "poplib.",
    "smtplib.",
    "urllib.",
    "xml.",
)
