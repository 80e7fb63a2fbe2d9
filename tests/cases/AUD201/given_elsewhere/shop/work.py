from shop.clients import client_for, get_http_client


async def read_all(urls):
    texts = []
    for url in urls:
        async with get_http_client() as client:  # AUD201
            texts.append((await client.get(url)).text)
    return texts


async def read_each(hosts):
    texts = []
    for host in hosts:
        async with client_for(host) as client:
            texts.append((await client.get("/prices")).text)
    return texts


async def read_together(urls):
    async with get_http_client() as client:
        return [(await client.get(url)).text for url in urls]
