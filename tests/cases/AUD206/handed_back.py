"""Responses that a function of the module hands back."""

import requests

API = "https://api.example.com"


class Client:
    def __init__(self, token):
        self._token = token
        self._session = requests.Session()

    def _send(self, method, path):
        if not self._token:
            return None
        if method == "GET":
            response = requests.get(f"{API}{path}", timeout=5)
        else:
            response = requests.post(f"{API}{path}", timeout=5)
        print(response.headers)
        return response

    def names(self):
        response = self._send("GET", "/names")
        return [entry["name"] for entry in response.json()]  # AUD206

    def ages(self):
        response = self._send("GET", "/ages")
        response.raise_for_status()
        return response.json()["ages"]

    def _get(self, path):
        return self._session.get(f"{API}{path}", timeout=5)

    def sizes(self):
        return self._get("/sizes").json()["sizes"]  # AUD206

    def _get_checked(self, path):
        response = self._session.get(f"{API}{path}", timeout=5)
        if not response.ok:
            raise ValueError(path)
        return response

    def colors(self):
        return self._get_checked("/colors").json()["colors"]

    @checked
    def _get_decorated(self, path):
        return self._session.get(f"{API}{path}", timeout=5)

    def shapes(self):
        return self._get_decorated("/shapes").json()["shapes"]

    def _get_looked_at(self, path):
        response = self._session.get(f"{API}{path}", timeout=5)
        look_at(response)
        return response

    def weights(self):
        return self._get_looked_at("/weights").json()["weights"]


def fetch(path):
    return requests.get(f"{API}{path}", timeout=5)


def prices():
    answer = fetch("/prices")
    return answer.json()["prices"]  # AUD206


def rates():
    answer = fetch("/rates")
    if answer.status_code != 200:
        return {}
    return answer.json()["rates"]


def call_remote(method, *parameters):
    return requests.post(API, json={"method": method, "params": parameters}, timeout=5)


def remote_names():
    return call_remote("names").json()["names"]
