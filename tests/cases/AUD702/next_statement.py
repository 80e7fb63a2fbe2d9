import contextlib
import logging
import os


def retention():
    days = int(os.environ.get("RETENTION_DAYS", "90"))
    if days <= 0:
        logging.info("retention is off (RETENTION_DAYS)")
        return None
    return days


def limits():
    most = int(os.environ.get("MOST_ITEMS", "90"))  # AUD702
    least = 3
    if most < least:
        most = least
    return most


def depth():
    given = os.getenv("MOST_DEPTH", "3")
    with contextlib.suppress(ValueError):
        return int(given)
    return 3


WORKLOADS = int(os.environ.get("WORKLOADS", "0"))
DEPLOYMENT = os.environ.get("DEPLOYMENT", "blue")
if WORKLOADS < 0:
    WORKLOADS = 0
REPLICAS = int(os.environ.get("REPLICAS", "0"))  # AUD702
print(DEPLOYMENT)
if REPLICAS < 0:
    REPLICAS = 0
