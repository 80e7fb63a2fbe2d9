import logging
import os

import httpx
import requests

LEVEL = os.environ.get("LOG_LEVEL", "INFO").upper()

logging.basicConfig(format="%(message)s", level=getattr(logging, LEVEL, logging.INFO))


class Weather:
    def __init__(self, base, api_key):
        self.base = base
        self.api_key = api_key
        self.client = httpx.AsyncClient(timeout=9)

    async def close(self):
        await self.client.aclose()

    async def today(self, city):
        answer = await self.client.get(f"{self.base}?q={city}&appid={self.api_key}")  # AUD317
        return answer.json()

    async def tomorrow(self, city):
        parameters = {"q": city, "appid": self.api_key}
        if city.isdigit():
            parameters["kind"] = "zip"
        answer = await self.client.get(self.base, params=parameters)  # AUD317
        return answer.json()

    async def by_header(self, city):
        answer = await self.client.get(self.base, params={"q": city}, headers={"x-api-key": self.api_key})
        return answer.json()

    async def in_body(self, city):
        answer = await self.client.post(self.base, json={"q": city, "appid": self.api_key})
        return answer.json()

    def link(self):
        return f"{self.base}/map?appid={self.api_key}"


def by_another_client(base, api_key):
    return requests.get(base, params={"appid": api_key}, timeout=9).json()


def next_page(base, page_token):
    return httpx.get(base, params={"page_token": page_token}).json()
