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


def main():
    with httpx.Client() as client:
        print(client.get(BASE).text)


if __name__ == "__main__":
    main()
