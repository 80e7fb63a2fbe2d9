"""Numbers read by way of a name, and variables that the module itself sets for its processes."""

import os
import subprocess


def port():
    text = os.getenv("SHOP_PORT")
    return int(text)  # AUD702


def looked_at():
    text = os.environ.get("SHOP_PORT")
    if not text:
        return 8000
    return int(text)  # AUD702


def looked_into():
    text = os.environ.get("SHOP_PORT")
    if not text or not text.isdigit():
        return 8000
    return int(text)


def bound_twice(settings):
    text = os.getenv("SHOP_PORT")
    text = text or settings.port
    return int(text)


def start(pid):
    subprocess.run(["worker"], env={**os.environ, "SHOP_SERVER_PID": str(pid)}, check=True)


def server():
    return int(os.environ.get("SHOP_SERVER_PID"))
