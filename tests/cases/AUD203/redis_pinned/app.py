import redis
import redis.asyncio

client = redis.Redis(host="cache")  # AUD203
limited = redis.Redis(host="cache", socket_timeout=3)
other = redis.asyncio.from_url("redis://cache")  # AUD203
pooled = redis.Redis(connection_pool=redis.ConnectionPool(socket_timeout=3))
