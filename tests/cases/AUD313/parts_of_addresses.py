import logging

logger = logging.getLogger(__name__)


def connected(db_url):
    logger.info("connected to %s", db_url.split("@")[-1] if "@" in db_url else db_url)


def shown(db_url):
    logger.info("connected to %s", db_url if db_url else "nothing")  # AUD313


class Cache:
    def __init__(self, redis_url):
        self.redis_url = redis_url
        logger.info("Connected to Redis at %s", redis_url)  # AUD313

    def check(self):
        logger.info("redis_url has %d characters", len(self.redis_url))
        logger.info("Connected to Redis at %s", mask_credentials(self.redis_url))
