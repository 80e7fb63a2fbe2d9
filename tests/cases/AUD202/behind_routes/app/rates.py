import httpx

RATES = "https://rates.example/v1"


async def latest(currency: str) -> dict:
    async with httpx.AsyncClient(timeout=5) as client:  # AUD202
        answer = await client.get(f"{RATES}/latest", params={"base": currency})
    return answer.raise_for_status().json()


async def known() -> list:
    return sorted(await _names())


async def _names() -> list:
    async with httpx.AsyncClient(timeout=5) as client:  # AUD202
        answer = await client.get(f"{RATES}/names")
    return answer.raise_for_status().json()


async def for_console(currency: str) -> dict:
    async with httpx.AsyncClient(timeout=5) as client:
        answer = await client.get(f"{RATES}/latest", params={"base": currency})
    return answer.raise_for_status().json()


async def of_host(url: str) -> str:
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(url)).raise_for_status().text


async def start_up() -> dict:
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(f"{RATES}/settings")).raise_for_status().json()


_kept: dict = {}


async def kept(currency: str) -> dict:
    global _kept
    if not _kept:
        async with httpx.AsyncClient(timeout=5) as client:
            _kept = (await client.get(f"{RATES}/all")).raise_for_status().json()
    return _kept[currency]


async def converted(amount: int) -> dict:
    async with httpx.AsyncClient(timeout=5) as client:  # AUD202
        return (await client.get(f"{RATES}/convert", params={"amount": amount})).raise_for_status().json()
