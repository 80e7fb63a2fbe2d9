"""A token stays the request's where its prefix is cut off first."""

from fastapi import Request


class Guard:
    def __init__(self, config):
        self.config = config

    def by_slice(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "")
        if given.startswith("Bearer "):
            given = given[7:]
        return given == self.config.api_key  # AUD619

    def by_method(self, request: Request) -> bool:
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ").strip()
        return token == self.config.api_key  # AUD619

    def by_split(self, request: Request) -> bool:
        header = request.headers.get("Authorization", "")
        return header.split(" ")[1] == self.config.api_key  # AUD619

    def given_twice(self, request: Request) -> bool:
        token = request.headers.get("Authorization", "")
        token = self.config.lookup(token)
        return token == self.config.api_key
