import aiohttp

LIMITS = aiohttp.ClientTimeout(total=None, sock_read=5)


async def load(address):
    async with aiohttp.ClientSession(timeout=LIMITS) as session:
        try:
            async with session.get(address) as answer:
                return await answer.json()
        except aiohttp.ClientError:
            return None
