"""A variable that the import has made a number of fails there first."""

import os

LIMIT = float(os.getenv("DIFF_LIMIT", "0.02"))  # AUD702
try:
    PAGES = int(os.getenv("PAGES", "3"))
except ValueError:
    PAGES = 3


def is_over(value):
    return value > float(os.getenv("DIFF_LIMIT", str(LIMIT)))


def pages():
    return int(os.getenv("PAGES", "3"))  # AUD702


def other_limit():
    return float(os.getenv("OTHER_LIMIT", "0.5"))  # AUD702
