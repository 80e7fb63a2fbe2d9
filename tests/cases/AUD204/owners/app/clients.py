import aiohttp


class Weather:
    """The lifespan of the application closes its client."""

    def __init__(self) -> None:
        self._weather = aiohttp.ClientSession()

    async def today(self) -> str:
        async with self._weather.get("https://example.com/weather") as answer:
            return await answer.text()


class News:
    """A subclass in another module closes its client."""

    def __init__(self) -> None:
        self._news = aiohttp.ClientSession()

    async def latest(self) -> str:
        async with self._news.get("https://example.com/news") as answer:
            return await answer.text()


class Prices:
    """Nothing in the project closes its client."""

    def __init__(self) -> None:
        self._prices = aiohttp.ClientSession()  # AUD204

    async def of(self, name: str) -> str:
        async with self._prices.get(f"https://example.com/prices/{name}") as answer:
            return await answer.text()
