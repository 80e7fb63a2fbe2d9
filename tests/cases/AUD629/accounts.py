"""Passwords that are hashed: to be kept, to be sent, and to be looked for."""

import hashlib
import hmac
import sqlite3

from shop.models import User


def add(session, name, password):
    session.add(User(name=name, password_hash=hashlib.sha256(password.encode()).hexdigest()))  # AUD629


def change(user, new_password):
    digest = hashlib.new("sha512", new_password.encode()).hexdigest()  # AUD629
    user.password_hash = digest


def is_right(row, password):
    return hashlib.md5(password.encode()).hexdigest() == row["password"]  # AUD629


def _salted(salt, pwd):
    hashed = hashlib.sha3_256(f"{salt}{pwd}".encode()).hexdigest()  # AUD629
    return f"{salt}${hashed}"


def lets_in(user, pwd):
    return hmac.compare_digest(_salted(user.salt, pwd), user.secret)


class Camera:
    def __init__(self, password):
        self.password_hash = hashlib.md5(password.encode()).hexdigest()

    def login(self, client):
        return client.post("/login", json={"digest": hashlib.sha256(self.password_hash.encode()).hexdigest()})


def for_device(password):
    return hashlib.md5(password.encode()).hexdigest().upper()


def stretched(row, password):
    digest = password.encode()
    for _ in range(600_000):
        digest = hashlib.sha256(digest + password.encode()).digest()
    return digest == row["password"]


def is_token(row, token):
    return hmac.compare_digest(hashlib.sha256(token.encode()).hexdigest(), row["token"])


def is_same_file(path, known):
    return hashlib.sha256(path.read_bytes()).hexdigest() == known


def old(connection: sqlite3.Connection, password_hash):
    return hashlib.sha256(password_hash).hexdigest() == "x"
