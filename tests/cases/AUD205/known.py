"""Bodies of which it is known what they are: by a checksum, or by an address of one's own choice."""

import hashlib

import requests


def certificate(target, url: str = "https://certificates.example.com/bundle.pem"):
    response = requests.get(url, timeout=10)
    response.raise_for_status()
    with open(target, "wb") as file:
        file.write(response.content)


def binary(target, url, expected_sha256):
    response = requests.get(url, timeout=10)
    response.raise_for_status()
    with open(target, "wb") as file:
        file.write(response.content)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == expected_sha256


def anything(target, url):
    response = requests.get(url, timeout=10)
    response.raise_for_status()
    with open(target, "wb") as file:
        file.write(response.content)  # AUD205
