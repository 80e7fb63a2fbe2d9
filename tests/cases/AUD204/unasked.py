"""Clients connect when they are asked something."""

import socket

import httpx
import requests


def warm_up():
    httpx.AsyncClient()


def download(url, proxies_of):
    session = requests.Session()
    proxies = proxies_of(url)
    try:
        return session.get(url, proxies=proxies, timeout=5).content
    finally:
        session.close()


def download_twice(url, proxies_of):
    session = requests.Session()  # AUD204
    session.get(url, timeout=5)
    proxies = proxies_of(url)
    try:
        return session.get(url, proxies=proxies, timeout=5).content
    finally:
        session.close()


def emitters(endpoints, emitter):
    session = requests.Session()
    session.mount("https://", requests.adapters.HTTPAdapter(max_retries=3))
    found = []
    for endpoint in endpoints:
        found.append(emitter(endpoint, session=session))
    return found


def free_port(first, last):
    for port in range(first, last):
        probe = socket.socket()
        try:
            probe.bind(("", port))
        except OSError:
            probe.close()
            continue
        probe.close()
        return port


def busy_port(port):
    probe = socket.socket()  # AUD204
    try:
        probe.bind(("", port))
    except OSError:
        return True
    probe.close()
    return False
