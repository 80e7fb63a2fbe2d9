import requests


def latest(name):
    return requests.get(f"https://packages.example/{name}").json()  # AUD203
