"""Reasons that stand further out: above the `if` around a `try`, and in the document of the function around."""

import sqlite3


def put(connection: sqlite3.Connection, job, starter):
    connection.execute("INSERT INTO job VALUES (?)", [job])
    # The start is best-effort: if it fails, the job is picked up later.
    if starter is not None:
        try:
            connection.execute("UPDATE job SET started = 1 WHERE id = ?", [job])
        except Exception:
            pass


def put_with_another(connection: sqlite3.Connection, job, starter):
    # The job itself.
    if starter is not None:
        starter.prepare(job)
        try:
            connection.execute("INSERT INTO job VALUES (?)", [job])
        except Exception:  # AUD302
            pass


def counts(connection: sqlite3.Connection, names):
    """Count the rows of tables. Fail-soft: a table that cannot be read is left out."""

    def count(name):
        try:
            return connection.execute("SELECT count(*) FROM job WHERE name = ?", [name]).fetchall()
        except Exception:
            return []

    return [count(name) for name in names]


def rows(connection: sqlite3.Connection, names):
    """Read the rows of several names."""

    def read(name):
        try:
            return connection.execute("SELECT * FROM job WHERE name = ?", [name]).fetchall()
        except Exception:  # AUD302
            return []

    return [read(name) for name in names]


def crawls(client, host, honours):
    client.open(host)
    # Read the rules of the host first (best-effort).
    if honours:
        address = f"{host}/robots.txt"
        try:
            client.save_rules(client.get(address))
        except Exception:
            pass
    return host


def crawls_otherwise(client, host, honours):
    client.open(host)
    # Read the rules of the host first (best-effort).
    if honours:
        client.note(host)
    else:
        address = f"{host}/robots.txt"
        try:
            client.save_rules(client.get(address))
        except Exception:  # AUD302
            pass
    return host
