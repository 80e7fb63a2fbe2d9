import logging

logger = logging.getLogger(__name__)


def commit_of(found, name, made):
    secret_key = made(name)
    commits = found.get(secret_key, [])
    if not commits:
        logger.warning("no commits for %s", secret_key)
    return commits


def signs(secret_key, sign):
    logger.info("signing with %s", secret_key)  # AUD313
    return sign(secret_key)
