"""Lists of which somebody has written down each item."""

import asyncio

import httpx

PORTS = (80, 443, 8000)


async def _ask(client: httpx.AsyncClient, host, port):
    return (await client.get(f"http://{host}:{port}/")).status_code


async def ask_ports(client: httpx.AsyncClient, host, *, numbers=PORTS, known=None):
    picked = numbers
    if known is not None:
        picked = tuple(number for number in numbers if number in known)
    return await asyncio.gather(*[_ask(client, host, number) for number in picked])


async def ask_servers(client: httpx.AsyncClient, servers):
    return await asyncio.gather(*[_ask(client, server, 80) for server in servers])


async def ask_all(client: httpx.AsyncClient, names):
    return await asyncio.gather(*[_ask(client, name, 80) for name in names])  # AUD209


async def ask_given(client: httpx.AsyncClient, host, numbers=()):
    return await asyncio.gather(*[_ask(client, host, number) for number in numbers])  # AUD209
