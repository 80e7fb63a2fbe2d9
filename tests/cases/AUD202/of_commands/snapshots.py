import httpx


class Local:
    async def branch(self, name):
        return name

    async def status(self, name):
        return name


class Remote:
    def __init__(self, base_url):
        self._base_url = base_url

    async def branch(self, name):
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.post(f"{self._base_url}/branches/{name}")
        return answer.text

    async def status(self, name):
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            answer = await client.get(f"{self._base_url}/branches/{name}")
        return answer.text

    async def remove(self, name):
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            answer = await client.delete(f"{self._base_url}/branches/{name}")
        return answer.text


def provider(base_url):
    if base_url:
        return Remote(base_url)
    return Local()
