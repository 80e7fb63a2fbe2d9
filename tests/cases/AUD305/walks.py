import logging
import os

logger = logging.getLogger(__name__)


def files_of(folder):
    def _onerror(error_of_system):
        logger.error("not all of %s is there", folder, exc_info=True)

    return [name for _, _, names in os.walk(folder, onerror=_onerror) for name in names]


def begins(folder):
    if not folder:
        logger.error("there is no folder", exc_info=True)  # AUD305


class OrderError(Exception):
    def __init__(self, number):
        super().__init__(number)
        logger.error("order %s", number, exc_info=True)
