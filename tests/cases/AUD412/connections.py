# file: shop/__init__.py

# file: shop/store.py
import sqlite3
import threading


class Store:
    def __init__(self, path):
        self.conn = sqlite3.connect(path, check_same_thread=False)  # AUD412
        self.conn.row_factory = sqlite3.Row

    def add(self, name):
        self.conn.execute("INSERT INTO row (name) VALUES (?)", (name,))
        self.conn.commit()

    def names(self):
        return self.conn.execute("SELECT name FROM row").fetchall()


class Guarded:
    def __init__(self, path):
        self.lock = threading.Lock()
        self.conn = sqlite3.connect(path, check_same_thread=False)

    def add(self, name):
        with self.lock:
            self.conn.execute("INSERT INTO row (name) VALUES (?)", (name,))
            self.conn.commit()

# file: shop/reading.py
import sqlite3


class Reader:
    def __init__(self, path):
        self.conn = sqlite3.connect(path, check_same_thread=False)

    def names(self):
        return self.conn.execute("SELECT name FROM row").fetchall()


class Asked:
    def __init__(self, path):
        self.conn = sqlite3.connect(path, check_same_thread=False)

    def add(self, name):
        with self.conn:
            self.conn.execute("INSERT INTO row (name) VALUES (?)", (name,))


class OfEach:
    def __init__(self, path):
        self.conn = sqlite3.connect(path, check_same_thread=False)

    def add(self, name):
        with self.conn:
            self.conn.execute("INSERT INTO row (name) VALUES (?)", (name,))

# file: shop/web.py
from flask import Flask

from shop.reading import OfEach, Reader
from shop.store import Guarded, Store

app = Flask(__name__)
store = Store("shop.db")
guarded = Guarded("shop.db")
reader = Reader("shop.db")


@app.route("/add/<name>")
def add(name):
    store.add(name)
    guarded.add(name)
    OfEach("shop.db").add(name)
    return str(reader.names())

# file: shop/kept.py
import sqlite3


class Kept:
    def __init__(self, path):
        self.conn = sqlite3.connect(path, check_same_thread=False)  # AUD412

    def add(self, name):
        self.conn.execute("INSERT INTO row (name) VALUES (?)", (name,))
        self.conn.commit()

# file: shop/app.py
from flask import Flask

from shop.kept import Kept


class Shop:
    def __init__(self, path):
        self.kept = Kept(path)


def create_app(path):
    app = Flask(__name__)
    shop = Shop(path)

    @app.route("/add/<name>")
    def add(name):
        shop.kept.add(name)
        return name

    return app


def run(path):
    Kept(path).add("first")

# file: shop/loop.py
from fastapi import FastAPI

from shop.reading import Asked

api = FastAPI()
asked = Asked("shop.db")


@api.get("/add")
async def add(name: str):
    asked.add(name)

# file: shop/api.py
import sqlite3

import pymysql
from fastapi import FastAPI

connection = sqlite3.connect("shop.db", check_same_thread=False)  # AUD412
at_once = sqlite3.connect("shop.db", check_same_thread=False, isolation_level=None)
of_one_thread = sqlite3.connect("shop.db")
on_the_loop = sqlite3.connect("shop.db", check_same_thread=False)
of_mysql = pymysql.connect(host="db")  # AUD412
api = FastAPI()


@api.get("/add")
def add(name: str):
    connection.execute("INSERT INTO row (name) VALUES (?)", (name,))
    connection.commit()


@api.get("/add_at_once")
def add_at_once(name: str):
    at_once.execute("INSERT INTO row (name) VALUES (?)", (name,))
    at_once.commit()


@api.get("/add_on_the_loop")
async def add_on_the_loop(name: str):
    on_the_loop.execute("INSERT INTO row (name) VALUES (?)", (name,))
    on_the_loop.commit()


@api.get("/names")
def names():
    with of_mysql.cursor() as cursor:
        cursor.execute("SELECT name FROM row")
        return cursor.fetchall()
