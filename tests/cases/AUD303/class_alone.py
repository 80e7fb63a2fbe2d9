import logging

logger = logging.getLogger(__name__)


def read(fetch, url):
    try:
        fetch(url)
    except Exception as error:
        # The exception's text may hold the credentials of the URL.
        logger.error("fetch failed: %s", type(error).__name__)


def write(fetch, url):
    try:
        fetch(url)
    except Exception as error:
        logger.error("fetch failed: %s (%s)", type(error).__name__, error)  # AUD303


def told_by_a_comment(connect, password):
    try:
        connect(password)
    except Exception:
        # The exception may contain the password.
        logger.error("no connection")


def redacted(fetch, url, redacted_origin):
    try:
        fetch(url)
    except Exception as error:
        logger.error("fetch failed: %s at %s", type(error).__name__, redacted_origin(error))
