import logging

logger = logging.getLogger(__name__)


def count(rows):
    print("rows are counted")  # AUD309
    found = len(rows)
    logger.info("%s rows", found)
    return found


def warn(rows):
    if not rows:
        logger.warning("no rows")
        print("there are no rows, see the manual")
    return rows
