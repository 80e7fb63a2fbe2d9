"""Whether a server is up tells nobody a secret."""

import ssl
import urllib.request

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


def fetch(url, ca):
    context = ssl.create_default_context()
    if ca is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return urllib.request.urlopen(url, timeout=3, context=context).read(100)


def of_this_machine(path):
    # The server of 127.0.0.1 has a certificate of its own.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


_LOCALHOST_CONTEXT = ssl.create_default_context()
_LOCALHOST_CONTEXT.check_hostname = False
_LOCALHOST_CONTEXT.verify_mode = ssl.CERT_NONE
