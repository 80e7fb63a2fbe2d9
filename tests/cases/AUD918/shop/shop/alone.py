"""A module that does not know of the settings."""

import os

BROKER = os.environ.get("BROKER_URL")
