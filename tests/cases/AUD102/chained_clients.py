"""Clients whose calls are built step by step, and what they give further clients for."""

import gspread
import supabase
from ddgs import DDGS
from jwt import PyJWKClient
from supabase import Client, create_client

client: Client = create_client("https://example.supabase.co", "key")
keys = PyJWKClient("https://example.com/keys")


async def rows(name: str):
    query = client.table("rows").select("*").eq("name", name)
    return query.execute().data  # AUD102


async def user(token: str):
    return client.auth.get_user(token), keys.get_signing_key_from_jwt(token)  # AUD102  # AUD102


async def stored(path: str, data: bytes):
    client.storage.from_("files").upload(path, data)  # AUD102
    return client.storage.from_("files").get_public_url(path)


async def not_sent(name: str):
    return client.table("rows").select("*").eq("name", name)


async def others(name: str):
    remote = await supabase.acreate_client("https://example.supabase.co", "key")
    return await remote.table("rows").select("*").eq("name", name).execute()


async def found(words: str):
    with DDGS() as search:
        return list(search.text(words))  # AUD102


async def sheet(name: str):
    table = gspread.service_account().open(name).worksheet("first")  # AUD102  # AUD102
    return table.get_all_records()  # AUD102
