import logging

import requests

logger = logging.getLogger(__name__)


def get_details(entry):
    try:
        requests.get("https://store.example", timeout=5)
    except Exception:
        logger.warning("the store does not answer")
        return
    entry["store"] = True


def get_text(name):
    try:
        answer = requests.get("https://store.example", params={"name": name}, timeout=5)
    except Exception:
        logger.warning("the store does not answer")
        return  # AUD315
    if answer.status_code == 404:
        return None
    return answer.text


def get_settings(name):
    try:
        answer = requests.get("https://store.example", params={"name": name}, timeout=5)
        return answer.json() or {}
    except Exception:
        logger.error("no settings of %s", name)
        # The one before swallowed it too: the caller's own settings hold.
        return {}
