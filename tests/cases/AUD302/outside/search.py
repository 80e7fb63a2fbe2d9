import logging
import sqlite3

import requests

logger = logging.getLogger(__name__)


def embed_order(number):
    vector = requests.post("https://embed.example.com", json={"number": number}, timeout=9).json()
    _keep(number, vector)


def _keep(number, vector):
    with sqlite3.connect("vectors.db") as connection:
        connection.execute("insert into vectors values (?, ?)", (number, vector))


def settings_of(shop):
    return _row(shop)


def _row(shop):
    connection = sqlite3.connect("shops.db")
    return connection.execute("select * from shops where name = ?", (shop,)).fetchone()


def price_of(order):
    return order["price"] * 2


def words_of(order):
    try:
        return requests.get("https://words.example.com", timeout=9).text
    except Exception:
        logger.exception("no words for %s", order)
        return ""
