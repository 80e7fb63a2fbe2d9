import argparse
import logging

logger = logging.getLogger(__name__)


def main(work):
    argparse.ArgumentParser().parse_args()
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
