"""Texts with a bool as default that a name keeps."""

import os

CORS_ENABLED = os.environ.get("CORS_ENABLED", False)  # AUD704
VERIFY = os.getenv("CERTIFICATES", True)
TRACE = os.environ.get("TRACE", False)  # AUD704
CACHE = os.environ.get("CACHE", False)
STRICT = os.environ.get("STRICT", False)
LEVEL = os.environ.get("LEVEL", False)
TOKEN_FILE = os.environ.get("TOKEN_FILE", False)

if TRACE:
    print("traced")

if str(CACHE).lower() == "true":
    print("cached")

if TOKEN_FILE:
    print(open(TOKEN_FILE).read())


def send(client):
    skip = os.environ.get("SKIP_SENDING", False)  # AUD704
    if skip or not client:
        return
    strict = STRICT if isinstance(STRICT, bool) else STRICT == "yes"
    client.send(strict)


def find(client):
    dry = os.environ.get("DRY_RUN", False)
    return client.find(dry_run=dry)
