import logging

logger = logging.getLogger(__name__)


def writes_down(user, password):
    logger.info("%s tried %s", user, password)
