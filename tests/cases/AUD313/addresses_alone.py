import logging

logger = logging.getLogger(__name__)


def of_a_host(host, port):
    mongo_url = f"mongodb://{host}:{port}"
    logger.info("connecting to %s", mongo_url)


def with_who_it_is(user, word, host):
    mongo_url = f"mongodb://{user}:{word}@{host}"
    logger.info("connecting to %s", mongo_url)  # AUD313


def as_it_is_given(mongo_url):
    logger.info("connecting to %s", mongo_url)  # AUD313
