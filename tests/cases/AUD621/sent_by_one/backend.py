"""A client whose methods build paths that one method sends."""

from urllib.parse import quote

import httpx


class Backend:
    def __init__(self, base: str) -> None:
        self.base = base
        self.client = httpx.Client()

    def send(self, method: str, path: str):
        if not path.startswith("/"):
            path_kind = "relative"
            raise ValueError(path_kind)
        return self.client.request(method, f"{self.base}{path}")

    def send_encoded(self, method: str, path: str):
        return self.client.request(method, f"{self.base}{quote(path)}")

    def user(self, name: str):
        return self.send("GET", f"/users/{name}")

    def order(self, name: str):
        return self.send_encoded("GET", f"/orders/{name}")

    def whole(self, path: str):
        return self.send("GET", path)
