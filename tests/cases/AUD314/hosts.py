import psycopg2
import redis
import requests


def reads(url):
    try:
        return requests.get(url, timeout=5)
    except requests.exceptions.ConnectionError as error:
        if "connection refused" in str(error).lower():
            return None
        raise


def reads_again(url):
    try:
        return requests.get(url, timeout=5)
    except requests.exceptions.RequestException as error:
        if "401" in str(error):  # AUD314
            return None
        raise


def joins(stream, ResponseError):
    try:
        stream.xgroup_create("orders")
    except redis.exceptions.ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise


def runs(store):
    try:
        store.evalsha("abc")
    except redis.exceptions.ResponseError as error:
        if "NOSCRIPT" in str(error):  # AUD314
            return None
        raise


def connects(connect, address, other):
    try:
        return connect(address)
    except psycopg2.OperationalError as error:
        if "could not connect to server" in error.args[0]:
            return connect(other)
        raise
