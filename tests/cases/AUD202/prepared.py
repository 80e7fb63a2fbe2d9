"""Clients that are made while an object is made, or whose answer is kept."""

import boto3
import httpx


class Table:
    def __init__(self, name, region):
        self.region = region
        self.table = self.get_or_create(name)

    def get_or_create(self, name):
        return boto3.resource("dynamodb", region_name=self.region).Table(name).load()

    def count(self, name):
        return boto3.resource("dynamodb", region_name=self.region).Table(name).item_count  # AUD202


class Bucket:
    def __init__(self, bucket):
        self.bucket = bucket

    @classmethod
    def of_name(cls, name):
        bucket = boto3.resource("s3").Bucket(name)
        return cls(bucket)

    @classmethod
    def size_of(cls, name):
        return boto3.resource("s3").Bucket(name).objects.all()  # AUD202


class Provider:
    def __init__(self, base_url, cache):
        self._base_url = base_url
        self._cache = cache

    async def about(self, model):
        known = self._cache.get(model)
        if known is not None:
            return known
        async with httpx.AsyncClient(timeout=5) as client:
            answer = (await client.get(f"{self._base_url}/models/{model}")).json()
        self._cache.set(model, answer)
        return answer

    async def generate(self, model, prompt):
        limit = self._cache.get(model)
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            answer = await client.post(f"{self._base_url}/chat/{model}", json={"prompt": prompt, "limit": limit})
        return answer.json()
