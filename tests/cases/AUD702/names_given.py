"""Numbers of variables whose names are given or put together."""

import os


def number(name, default):
    return int(os.environ.get(name, str(default)))  # AUD702


def limit(provider):
    return int(os.getenv(f"MAX_{provider.upper()}", "10"))  # AUD702


def needed(name):
    return float(os.getenv(name))  # AUD702


# -- silent ------------------------------------------------------------------------------------------------


def caught(name, default):
    try:
        return int(os.environ.get(name, str(default)))
    except ValueError as error:
        raise SystemExit(f"{name}: {error}") from error


def tested(name, default):
    if not os.environ.get(name, "").isdigit():
        return default
    return int(os.environ.get(name, str(default)))


def within(name, default):
    return max(1, int(os.environ.get(name, str(default))))
