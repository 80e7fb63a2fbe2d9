import requests


def upload(url, file):
    return requests.post(url, files={"file": file}, timeout=None)


def look(url):
    return requests.get(url)  # AUD203
