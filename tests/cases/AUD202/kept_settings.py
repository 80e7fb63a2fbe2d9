from dataclasses import dataclass
from typing import ClassVar

import httpx
from pydantic import BaseModel


class Embeddings(BaseModel):
    api_url: str
    timeout: int = 5

    async def of(self, texts):
        async with httpx.AsyncClient(timeout=self.timeout) as client:  # AUD202
            return (await client.post(self.api_url, json={"input": texts})).json()


@dataclass
class Weather:
    base_url: str

    def today(self, city):
        with httpx.Client() as client:  # AUD202
            return client.get(f"{self.base_url}/today/{city}").text


class Shop:
    async def connect(self, config):
        self.shop_url = config["shop_url"]

    async def execute(self, operation):
        async with httpx.AsyncClient() as client:  # AUD202
            return (await client.get(f"{self.shop_url}/{operation}")).json()


class Downloads:
    host: ClassVar[str] = "https://models.example.com"

    def fetch(self, name):
        with httpx.Client() as client:
            return client.get(f"{self.host}/{name}").content


class Once:
    def fetch(self, name):
        with httpx.Client() as client:
            self.content = client.get(f"https://models.example.com/{name}").content


class Words(BaseModel):
    text: str

    def translated(self, language):
        with httpx.Client() as client:
            return client.get(f"https://words.example.com/{language}").text
