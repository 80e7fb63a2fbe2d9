import sqlite3

from beacon import Awaited, Beacon, Open, Quiet

connection = sqlite3.connect("shop.db")


def metrics():
    return dict(connection.execute("SELECT name, value FROM metrics").fetchall())


def note(name):
    connection.execute("INSERT INTO sent VALUES (?)", (name,))


def nothing():
    return {}


async def metrics_in_time():
    return {}


def start(others):
    return (
        Beacon(80, metrics, on_sent=note),
        Beacon(81, metrics=metrics),
        Quiet(nothing),
        Open(metrics),
        Open(others["metrics"]),
        Awaited(metrics_in_time),
    )
