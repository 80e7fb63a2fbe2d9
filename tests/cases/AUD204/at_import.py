"""What is asked once, while the module is imported, is dropped at once."""

import redis

try:
    redis.Redis("127.0.0.1", socket_connect_timeout=1).ping()
    HAS_REDIS = True
except redis.ConnectionError:
    HAS_REDIS = False


def has_redis():
    try:
        redis.Redis("127.0.0.1", socket_connect_timeout=1).ping()  # AUD204
    except redis.ConnectionError:
        return False
    return True
