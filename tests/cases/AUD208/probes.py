"""Whether a server is up tells nobody a secret."""

import httpx
import requests


def is_up(base):
    try:
        return requests.get(f"{base}/health", verify=False, timeout=3).ok
    except requests.RequestException:
        return False


def wait_for_server(base, token):
    headers = {"authorization": token}
    while not requests.get(base, headers=headers, verify=False, timeout=3).ok:  # AUD208
        pass


def mapping(base):
    return requests.get(f"{base}/mapping", verify=False, timeout=3).text  # AUD208


def on_a_socket(path):
    return httpx.Client(transport=httpx.HTTPTransport(uds=path, verify=False), timeout=3)
