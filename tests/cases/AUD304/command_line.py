import argparse
import logging

logger = logging.getLogger(__name__)


def run(work):
    argparse.ArgumentParser().parse_args()
    try:
        work()
    except Exception as error:
        logger.error("not done: %s", error)
        logger.debug("where", exc_info=True)
