import os

import httpx
import requests


class Client:
    def __init__(self, base=None):
        self.base = (base or os.getenv("API_URL") or "https://example.org").rstrip("/")  # AUD703
        self.caught = (base or os.getenv("API_URL") or "https://example.org").rstrip("/")

    def rows(self):
        return httpx.get(f"{self.base}/rows", timeout=5)

    def columns(self):
        try:
            return httpx.get(f"{self.caught}/columns", timeout=5)
        except httpx.HTTPError:
            return None


def by_session(session: requests.Session):
    base = os.environ.get("API_URL")
    if base is None or not base:
        return None
    return session.get(f"{base.rstrip('/')}/rows", timeout=5)  # AUD703


def unasked():
    base = os.environ["API_URL"].rstrip("/")
    return requests.get(base + "/rows", timeout=5)


def with_default():
    base = os.getenv("API_URL", "https://example.org")
    return requests.get(base.rstrip("/") + "/rows", timeout=5)


def of_blanks():
    base = (os.getenv("API_URL") or "").strip().rstrip("/")
    return requests.get(base + "/rows", timeout=5)


def link():
    base = (os.getenv("SITE_URL") or "https://example.org").rstrip("/")
    return f"{base}/welcome"


def folder():
    path = (os.getenv("DATA_PATH") or "/data").rstrip("/")
    return requests.get(path + "/rows", timeout=5)


def other_end():
    base = (os.getenv("API_URL") or "https://example.org").rstrip("x")
    return requests.get(base + "/rows", timeout=5)


def caught():
    base = (os.getenv("API_URL") or "https://example.org").rstrip("/")
    try:
        return requests.get(base + "/rows", timeout=5)
    except Exception:
        return None


def nested():
    base = (os.getenv("API_URL") or "https://example.org").rstrip("/")

    def rows():
        return requests.get(base + "/rows", timeout=5)

    try:
        return rows()
    except requests.RequestException:
        return None
