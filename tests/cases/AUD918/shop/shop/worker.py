"""Variables of the environment beside the settings."""

import os

from shop.settings import settings

BROKER = os.environ.get("BROKER_URL", settings.broker_url)  # AUD918
IS_DEBUGGED = os.environ["DEBUG"] == "1"  # AUD918
HOST = os.getenv("HOSTNAME", "localhost")


def other(name):
    return os.environ[name]
