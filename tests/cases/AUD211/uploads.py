"""Files that are only sent: requests and httpx read them and leave them open."""

import os

import httpx
import requests
from bs4 import BeautifulSoup


class Uploads:
    def __init__(self, url):
        self._url = url
        self._session = requests.Session()

    def send_all(self, paths):
        files = []
        for path in paths:
            files.append(("file", (os.path.basename(path), open(path, "rb"))))  # AUD211
        return self._session.post(self._url, files=files)

    def send_later(self, path):
        files = {"file": open(path, "rb")}
        self.enqueue(files)
        return self._session.post(self._url, files=files)


def send(url, path):
    requests.post(url, files={"file": open(path, "rb")})  # AUD211
    httpx.put(url, content=open(path, "rb"))  # AUD211


def send_by_name(url, path, other):
    files = {"file": (path, open(path, "rb"))}  # AUD211
    files["other"] = open(other, "rb")  # AUD211
    return requests.post(url, files=files)


def send_and_close(url, path):
    files = {"file": open(path, "rb")}
    try:
        return requests.post(url, files=files)
    finally:
        for file in files.values():
            file.close()


def send_opened(url, path):
    with open(path, "rb") as file:
        return requests.post(url, files={"file": file})


def send_by_another(client, url, path):
    return client.upload(url, files={"file": open(path, "rb")})


def given_back(url, path):
    files = {"file": open(path, "rb")}
    requests.post(url, files=files)
    return files


def parse(path):
    page = open(path)  # AUD211
    return BeautifulSoup(page, "html.parser").title


def named(url, path, other):
    page = open(path, "rb")  # AUD211
    requests.post(url, files={"file": page})
    raw = open(other, "rb")  # AUD211
    requests.post(url, data=raw)


def named_and_closed(url, path):
    page = open(path, "rb")
    try:
        requests.post(url, files={"file": (path, page)})
    finally:
        page.close()


def named_and_collected(url, path):
    page = open(path, "rb")  # AUD211
    files = {"input": (path, page, "application/pdf")}
    return requests.request("POST", url, files=files)


async def sent_by_a_coroutine(client: httpx.AsyncClient, url, path):
    return await client.post(url, files={"file": open(path, "rb")})  # AUD211


def named_and_handed_on(url, path, register):
    page = open(path, "rb")
    register({"file": page})
    requests.post(url, data=page)
