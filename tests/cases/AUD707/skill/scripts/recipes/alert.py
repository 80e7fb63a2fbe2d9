import sys

sys.path.insert(0, "/sandbox/lib/python-packages")

import requests


def execute(text):
    return requests.post("https://example.org", json={"text": text}, timeout=10)
