import requests

import sessions


def names(url):
    session = sessions.Session()
    return session.get(url, timeout=5).json()["names"]


def plain_names(url):
    session = requests.Session()
    return session.get(url, timeout=5).json()["names"]  # AUD206
