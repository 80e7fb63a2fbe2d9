from fastapi import APIRouter

from shop.clients import client_for, get_http_client, get_redis, personal_client, shared_client

router = APIRouter()


@router.get("/prices/{name}")
async def price(name: str):
    async with get_http_client() as client:  # AUD202
        return (await client.get(f"https://prices.example.com/{name}")).text


@router.get("/cached/{name}")
async def cached(name: str):
    async with await get_redis() as connection:
        return await connection.get(name)


@router.get("/any")
async def anything(url: str):
    async with get_http_client() as client:
        return (await client.get(url)).text


@router.get("/shared/{name}")
async def shared(name: str):
    return (await shared_client().get(f"/{name}")).text


@router.get("/of/{host}")
async def of_host(host: str):
    async with client_for(f"https://{host}") as client:
        return (await client.get("/prices")).text


@router.get("/mine")
async def mine():
    async with personal_client() as client:
        return (await client.get("/mine")).text
