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
