"""Functions that take an address; the other module writes out which, or not."""

import requests


def download(url, target):
    answer = requests.get(url, timeout=5)
    target.write_bytes(answer.content)


def download_any(url, target):
    answer = requests.get(url, timeout=5)
    target.write_bytes(answer.content)  # AUD205
