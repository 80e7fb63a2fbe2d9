import asyncio
import contextlib
import imaplib
import json
import poplib
import smtplib
import socket
import urllib.error
import urllib.request
from urllib.error import HTTPError, URLError

import aiohttp
import asyncpg
import paramiko

NETWORK = (URLError, OSError)


def translated(address):
    try:
        return urllib.request.urlopen(address, timeout=3).read()
    except urllib.error.HTTPError as error:
        raise RuntimeError(error.code) from error
    except urllib.error.URLError as error:  # AUD316
        raise RuntimeError("not to be reached") from error


def several(address):
    try:
        return json.load(urllib.request.urlopen(address))
    except (HTTPError, URLError, json.JSONDecodeError):  # AUD316
        return None


def by_opener(address):
    opener = urllib.request.build_opener()
    try:
        return opener.open(address).read()
    except URLError:  # AUD316
        return None


def statuses_alone(address):
    try:
        return urllib.request.urlopen(address).read()
    except HTTPError:
        return None


def with_timeouts(address):
    try:
        return urllib.request.urlopen(address).read()
    except (URLError, socket.timeout):
        return None


def of_a_constant(address):
    try:
        return urllib.request.urlopen(address).read()
    except NETWORK:
        return None


def in_another_handler(address):
    try:
        return urllib.request.urlopen(address).read()
    except URLError:
        return None
    except TimeoutError:
        return b""


def around(address):
    try:
        try:
            return urllib.request.urlopen(address).read()
        except URLError:
            return None
    except Exception:
        return b""


def around_the_handler(address):
    try:
        raise KeyError(address)
    except KeyError:
        try:
            return urllib.request.urlopen(address).read()
        except URLError:  # AUD316
            return None


def suppressed(address):
    with contextlib.suppress(OSError):
        try:
            return urllib.request.urlopen(address).read()
        except URLError:
            return b""


def told(address, log):
    try:
        return urllib.request.urlopen(address).read()
    except URLError:
        log.error("not to be reached")
        raise


def elsewhere(address, fetch):
    try:
        return fetch(address)
    except URLError:
        return None


def known_above(address, unknown):
    try:
        return urllib.request.urlopen(address).read()
    except (URLError, unknown):
        return None


async def by_session(address):
    async with aiohttp.ClientSession() as client:
        try:
            async with client.post(address) as answer:
                return await answer.json()
        except aiohttp.ClientError:  # AUD316
            return None


class Shops:
    def __init__(self, session):
        self._session = session

    async def load(self, address):
        try:
            async with self._session.get(address) as answer:
                return await answer.json()
        except aiohttp.ClientError:  # AUD316
            return None

    async def both(self, address):
        try:
            async with self._session.get(address) as answer:
                return await answer.json()
        except aiohttp.ClientError:
            return None
        except asyncio.TimeoutError:
            return []

    async def looked_up(self, address):
        try:
            return self._shops.get(address)
        except aiohttp.ClientError:
            return None


def letters(host):
    try:
        server = smtplib.SMTP(host)
        server.quit()
    except smtplib.SMTPException:  # AUD316
        return False
    return True


def unconnected(letter):
    server = smtplib.SMTP()
    try:
        server.send_message(letter)
    except smtplib.SMTPException:
        return False
    return True


def made_unconnected():
    try:
        return smtplib.SMTP()
    except smtplib.SMTPException:
        return None


def connected_later(host):
    server = smtplib.SMTP()
    try:
        server.connect(host)
    except smtplib.SMTPException:  # AUD316
        return False
    return True


def mails(host):
    try:
        return imaplib.IMAP4_SSL(host)
    except imaplib.IMAP4.error:  # AUD316
        return None


def old_mails(host):
    try:
        return poplib.POP3(host)
    except poplib.error_proto:  # AUD316
        return None


async def rows(address):
    try:
        return await asyncpg.connect(address)
    except asyncpg.PostgresError:  # AUD316
        return None


def shell(host):
    client = paramiko.SSHClient()
    try:
        client.connect(host)
    except paramiko.SSHException:  # AUD316
        return None
    return client


@retrying
def decorated(address):
    try:
        return urllib.request.urlopen(address).read()
    except URLError:
        return None


try:
    START = urllib.request.urlopen("https://example.org").read()
except URLError:
    START = b""
