import logging

logger = logging.getLogger(__name__)


def connected(db_url):
    logger.info("connected to %s", db_url.split("@")[-1] if "@" in db_url else db_url)


def shown(db_url):
    logger.info("connected to %s", db_url if db_url else "nothing")  # AUD313
