import logging

logger = logging.getLogger(__name__)


def progress(done, total):
    logger.info("working")
    print(f"{done}/{total}", end="\r")


def safe_print(value):
    print(value)


def charge(order):
    print("charged", order)  # AUD309
