"""What catches every failure itself, and making a cursor, do not leave a connection open."""

import logging
import sqlite3
from datetime import datetime, timezone

logger = logging.getLogger(__name__)


def _columns(connection):
    try:
        return {row[1] for row in connection.execute("PRAGMA table_info(messages)")}
    except Exception:
        logger.warning("no columns")
        return set()


def _names(connection):
    try:
        return {row[1] for row in connection.execute("PRAGMA table_info(messages)")}
    except ValueError:
        return set()


def messages(path):
    connection = sqlite3.connect(path)
    columns = _columns(connection)
    cursor = connection.cursor()
    limit = min(max(len(columns), 9), 99)
    try:
        return cursor.execute(f"SELECT {', '.join(columns)} FROM messages LIMIT {limit}").fetchall()
    finally:
        connection.close()


def messages_by_name(path):
    connection = sqlite3.connect(path)  # AUD405
    columns = _names(connection)
    try:
        return connection.execute(f"SELECT {', '.join(columns)} FROM messages").fetchall()
    finally:
        connection.close()


def begun(path):
    connection = sqlite3.connect(path)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("CREATE TABLE message (id)")
    except sqlite3.Error as error:
        connection.close()
        raise ValueError(path) from error
    return Store(connection)


def begun_by_parsing(path, text):
    connection = sqlite3.connect(path)  # AUD405
    try:
        connection.execute("INSERT INTO message VALUES (?)", [int(text)])
        count = int(text)
        connection.execute("INSERT INTO message VALUES (?)", [count])
    except sqlite3.Error:
        connection.close()
        raise
    connection.close()


def begun_for_locks(path):
    connection = sqlite3.connect(path)  # AUD405
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.IntegrityError:
        connection.close()
        raise
    connection.close()


def stamped(path, folder):
    connection = sqlite3.connect(path)
    at = datetime.now(timezone.utc).isoformat()
    first, _, _ = folder.as_posix().partition("/")
    try:
        connection.execute("INSERT INTO visits (at, name) VALUES (?, ?)", (at, first.title().ljust(20)))
        connection.commit()
    finally:
        connection.close()


def read_first(path, file):
    connection = sqlite3.connect(path)  # AUD405
    name = file.read_text().strip()
    try:
        connection.execute("INSERT INTO visits (name) VALUES (?)", (name,))
        connection.commit()
    finally:
        connection.close()
