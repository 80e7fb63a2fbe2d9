import logging

logger = logging.getLogger(__name__)


def handles_broken(product, debug):
    if debug:
        raise
    logger.exception("%s is left out", product)


def tells(product):
    logger.exception("%s is left out", product)  # AUD305
