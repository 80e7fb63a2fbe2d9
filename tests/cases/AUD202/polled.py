"""One client for all that a call asks: polling, and page after page."""

import asyncio

import httpx


class Login:
    def __init__(self, url):
        self.url = url

    async def poll(self, code):
        async with httpx.AsyncClient(timeout=5) as client:
            while True:
                response = await client.post(f"{self.url}/token", data={"code": code})
                if response.is_success:
                    return response.json()
                await asyncio.sleep(5)

    async def user(self, token):
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            response = await client.get(f"{self.url}/user", params={"token": token})
            response.raise_for_status()
            return response.json()
