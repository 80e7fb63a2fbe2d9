import logging

logger = logging.getLogger(__name__)


def lets_in(user, password):
    logger.info("%s tried %s", user, password)  # AUD313
