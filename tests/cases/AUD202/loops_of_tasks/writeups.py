import httpx


class Writeups:
    def __init__(self, limit):
        self._limit = limit

    async def scrape(self, pages):
        return [await self._page(number) for number in range(pages)]

    async def _page(self, number):
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get("https://writeups.example/api", params={"page": number})
        return answer.json()[: self._limit]


class Ratings:
    def __init__(self, limit):
        self._limit = limit

    async def page(self, number):
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            answer = await client.get("https://ratings.example/api", params={"page": number})
        return answer.json()[: self._limit]
