import redis


def save(client: redis.Redis):
    try:
        client.bgsave()
    except redis.exceptions.ResponseError as error:
        if "already in progress" not in str(error).lower():
            raise


def write(client: redis.Redis):
    try:
        client.set("a", "b")
    except redis.exceptions.ResponseError as error:
        if "READONLY" in str(error):  # AUD314
            return False
        raise
    return True
