"""Commands that are put into a pipeline wait for nothing: the pipeline is sent as a whole."""

import redis


async def in_a_block(client: redis.Redis):
    with client.pipeline() as pipe:
        pipe.set("a", 1)
        pipe.execute()  # AUD102


async def under_a_name(client: redis.Redis, key: str):
    pipe = client.pipeline(transaction=True)
    pipe.delete(key)
    pipe.srem("keys", key)
    pipe.execute()  # AUD102
    client.delete(key)  # AUD102


class Counter:
    def __init__(self):
        self.client = redis.Redis()

    async def count(self, key: str):
        pipe = self.client.pipeline()
        pipe.incr(key)
        pipe.expire(key, 60).execute()  # AUD102
