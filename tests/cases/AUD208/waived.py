"""The owner waives the check of the same by another linter."""

import httpx
import requests


def read(url):
    with httpx.Client(
        timeout=5,
        verify=False,  # noqa: S501
    ) as client:
        return client.get(url).status_code


def read_once(url):
    return requests.get(url, timeout=5, verify=False).status_code  # nosec B501
