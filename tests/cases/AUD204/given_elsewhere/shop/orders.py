from shop.clients import make_client, shared_client


async def is_left_open(url):
    client = make_client(url)  # AUD204
    answer = await client.get("/orders")
    return answer.json()


async def is_closed(url):
    client = make_client(url)
    try:
        return (await client.get("/orders")).json()
    finally:
        await client.aclose()


def is_shared():
    client = shared_client()
    return client.list_database_names()


def is_handed_on(url):
    return make_client(url)
