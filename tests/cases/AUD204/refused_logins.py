"""A login that is refused is answered by a logout; an engine that is only looked at has no connection."""

import imaplib

from sqlalchemy import create_engine


def fetch(host, user, password):
    box = imaplib.IMAP4_SSL(host)
    try:
        box.login(user, password)
    except imaplib.IMAP4.error as error:
        box.logout()
        raise RuntimeError("login failed") from error
    try:
        return box.select("INBOX")
    finally:
        box.logout()


def fetch_on(host, user, password):
    box = imaplib.IMAP4_SSL(host)  # AUD204
    try:
        box.login(user, password)
    except imaplib.IMAP4.error:
        box.authenticate("PLAIN", lambda _: password)
    try:
        return box.select("INBOX")
    finally:
        box.logout()


def level(url):
    engine = create_engine(url, isolation_level="READ COMMITTED")
    return engine.dialect.name


def version(url):
    engine = create_engine(url)  # AUD204
    with engine.connect() as connection:
        return connection.scalar("SELECT version()")
