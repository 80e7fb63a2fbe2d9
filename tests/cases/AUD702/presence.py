import os
from os import environ

timeout = int(os.environ.get("TIMEOUT")) if os.environ.get("TIMEOUT") is not None else 20  # AUD702
limit = int(environ["LIMIT"]) if "LIMIT" in environ else 20  # AUD702
wide = (
    int(os.environ.get("WIDE"))  # AUD702
    if os.environ.get("WIDE") is not None
    else 500000
)
digits = int(os.environ["DIGITS"]) if os.environ.get("DIGITS", "").isdigit() else 20
both = int(os.environ["BOTH"]) if os.environ.get("BOTH") and os.environ["BOTH"].isdigit() else 20
plain = int(os.environ["PLAIN"]) if os.environ["PLAIN"] != "none" else 20
other = int(os.environ["OTHER"]) if os.environ.get("OTHERS") else 20
range_ = max(1, int(os.environ["RANGE"]) if "RANGE" in os.environ else 20)
unset = 20 if os.environ.get("UNSET") is None else int(os.environ["UNSET"])  # AUD702


def config(values):
    env_limit = os.environ.get("RATE_LIMIT")
    raw = os.environ.get("RAW")
    checked = os.environ.get("CHECKED")
    if checked and not checked.isdigit():
        raise ValueError("CHECKED has to be a number")
    return {
        "limit": int(values.get("limit") or env_limit or 100),  # AUD702
        "port": int(values.get("port") or os.environ.get("PORT") or 8001),  # AUD702
        "raw": int(raw) if raw else None,  # AUD702
        "checked": int(values.get("checked") or checked or 5),
        "own": int(values.get("own") or 5),
    }


def tried(values):
    try:
        return int(values.get("port") or os.environ.get("SERVER_PORT") or 8001)
    except ValueError:
        return 8001
