import asyncio
import os

import boto3
import httpx
import redis
from celery import shared_task
from fastapi import APIRouter, Depends

router = APIRouter()
BASE = "https://api.example.org"


@router.get("/weather")
async def weather(city: str):
    async with httpx.AsyncClient() as client:  # AUD202
        return (await client.get(f"{BASE}/weather", params={"city": city})).json()


@router.get("/proxy")
async def proxy(url: str):
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).text


@router.get("/count")
def count():
    return redis.Redis(host=os.getenv("REDIS_HOST")).get("count")  # AUD202


async def get_client():
    async with httpx.AsyncClient() as client:
        yield client


@router.get("/shared")
async def shared(client: httpx.AsyncClient = Depends(get_client)):
    return (await client.get(BASE)).text


@shared_task
def upload(name):
    boto3.client("s3").upload_file(name, "bucket", name)  # AUD202


class Store:
    def __init__(self, region, role):
        self._region = region
        self._role = role

    def send(self, name):
        client = boto3.client("s3", region_name=self._region, **self._credentials())
        client.upload_file(name, "bucket", name)

    def _credentials(self):
        return {}

    def send_as(self, name, key):
        client = boto3.client("s3", aws_access_key_id=key)
        client.upload_file(name, "bucket", name)


class Models:
    def __init__(self, url):
        self._url = url
        self._names = None
        self._tokens = {}

    async def names(self, kind):
        if self._names is None:
            async with httpx.AsyncClient() as client:
                self._names = (await client.get(f"{self._url}/names")).json()
        return self._names[kind]

    async def token(self, key):
        async with httpx.AsyncClient() as client:
            self._tokens[key] = (await client.post(f"{self._url}/token", json=key)).json()
        return self._tokens[key]


def main():
    with httpx.Client() as client:
        print(client.get(BASE).text)


if __name__ == "__main__":
    main()
