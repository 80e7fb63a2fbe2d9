"""Switches whose default is a number, which the variable's text never is."""

import os

DEBUG = bool(os.environ.get("DEBUG", default=0))  # AUD704
TRACED = bool(os.getenv("SHOP_TRACED", 1))  # AUD704
AS_A_NUMBER = bool(int(os.environ.get("VERBOSE", default=0)))
RETRIES = int(os.getenv("RETRIES", 0))


def attempts(client):
    if os.getenv("RETRIES", 3):
        return client.retries
    return 0
