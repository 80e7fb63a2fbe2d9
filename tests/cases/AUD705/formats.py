"""Times that `strptime` reads, functions that may give none, and local times beside those of UTC."""

from datetime import datetime, timezone


def age(text):
    return datetime.now(timezone.utc) - datetime.strptime(text, "%Y-%m-%d")  # AUD705


def age_of_aware(text):
    return datetime.now(timezone.utc) - datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def age_of_local(text):
    return datetime.now() - datetime.strptime(text, "%Y-%m-%d")


def age_of_utc(text):
    return datetime.now() - datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")  # AUD705


def age_in_utc(text):
    return datetime.utcnow() - datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def seconds(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").timestamp()  # AUD705


def seconds_of_zone(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc).timestamp()


def named_zone(text):
    return datetime.now(timezone.utc) - datetime.strptime(text, "%Y-%m-%d %Z")


def given_format(text, form):
    return datetime.now(timezone.utc) - datetime.strptime(text, form)


def offset():
    return datetime.now() - datetime.utcnow()


def late(limit):
    return datetime.utcnow() > datetime.fromtimestamp(limit)  # AUD705


def parsed(text):
    if not text:
        return None
    return datetime.strptime(text, "%Y-%m-%d")


def age_of_parsed(text):
    found = parsed(text)
    return datetime.now(timezone.utc) - found if found else None  # AUD705
