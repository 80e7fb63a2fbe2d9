"""Variables of the environment beside the settings."""

import os

from shop.settings import settings

BROKER = os.environ.get("BROKER_URL", "")  # AUD918
IS_DEBUGGED = os.environ["DEBUG"] == "1"  # AUD918
QUEUE = settings.broker_url
HOST = os.getenv("HOSTNAME", "localhost")
EITHER = os.environ.get("DEBUG") or settings.DEBUG


def other(name):
    return os.environ[name]
