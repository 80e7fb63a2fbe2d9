import logging
import sys

from app.log import get_logger

logger = logging.getLogger(__name__)
other = get_logger()


def by_method(value):
    if value is None:
        other.exception("no value")  # AUD305


def by_argument(value):
    if value is None:
        logger.error("no value", exc_info=True)  # AUD305


def afterwards(work):
    failed = None
    try:
        work()
    except ValueError as error:
        failed = error
    if failed:
        logger.exception("failed")  # AUD305


def in_the_else(work):
    try:
        work()
    except ValueError:
        return
    else:
        logger.exception("worked")  # AUD305


def inside(work):
    try:
        work()
    except ValueError:
        logger.exception("failed")


def at_the_end(work):
    try:
        work()
    finally:
        logger.error("over", exc_info=True)


def given(value, failure):
    logger.error("no value", exc_info=failure)
    logger.error("no value", exc_info=sys.exc_info())
    logger.error("no value", exc_info=False)


def tell(text):
    logger.exception(text)


def calls_it(work):
    try:
        work()
    except ValueError:
        tell("failed")


def on_failure(self, exc, task_id):
    logger.exception("task %s failed", task_id)


class Guard:
    def __exit__(self, kind, value, place):
        logger.exception("left")


def validate_report_frequency(frequency):
    if not frequency:
        logger.error("no frequency", exc_info=True)  # AUD305


def report_crash(frequency):
    logger.error("crashed at %s", frequency, exc_info=True)
