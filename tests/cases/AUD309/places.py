import logging
import sys

from celery import shared_task

logger = logging.getLogger(__name__)


@shared_task
def in_a_task(value):
    print("task", value)  # AUD309


def beside_the_logger(value, verbose=False):
    logger.info("value %s", value)
    try:
        value.check()
    except ValueError as error:
        print("value", error)  # AUD309
        print("value", error, file=sys.stderr)
        if verbose:
            print("value", error)


def print_table(rows):
    for row in rows:
        print(row)


def shadows(value, print):
    print(value)


print("imported")


def worker(connection):
    try:
        connection.send(1)
    except Exception as error:
        print("worker failed:", error)


def start(Process):
    Process(target=worker, args=()).start()


@shared_task
def debug_task(task):
    print("request:", task.request)
