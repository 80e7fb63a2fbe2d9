import logging
import sys

from celery import shared_task

logger = logging.getLogger(__name__)


@shared_task
def in_a_task(value):
    print("task", value)  # AUD309


def beside_the_logger(value, verbose=False):
    logger.info("value %s", value)
    print("value", value)  # AUD309
    print("value", value, file=sys.stderr)
    if verbose:
        print("value", value)


def print_table(rows):
    for row in rows:
        print(row)


def shadows(value, print):
    print(value)


print("imported")
