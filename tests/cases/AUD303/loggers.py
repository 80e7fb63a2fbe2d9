import logging as journal
import traceback

import structlog
from app.log import get_logger
from app.log import logger as imported
from celery.utils.log import get_task_logger
from loguru import logger as loguru
from logging import getLogger as make

renamed = make(__name__)
task_logger = get_task_logger(__name__)
structured = structlog.get_logger()
own = get_logger("own")


def all_of_them(work):
    try:
        work()
    except Exception as error:
        imported.error("failed: %s", error)  # AUD303
    try:
        work()
    except Exception as error:
        loguru.error(f"failed: {error}")  # AUD303
    try:
        work()
    except Exception as error:
        structured.error("failed", error=str(error))  # AUD303
    try:
        work()
    except Exception:
        own.critical("failed")  # AUD303
    try:
        work()
    except Exception:
        task_logger.error("failed")  # AUD303
    try:
        work()
    except Exception:
        journal.error("failed")  # AUD303
    try:
        work()
    except Exception:
        renamed.log(journal.ERROR, "failed")  # AUD303


class Service:
    def __init__(self):
        self._log = make("service")
        self.logger = get_logger("service")

    def run(self, work):
        try:
            work()
        except Exception as error:
            self._log.error(f"failed: {error}")  # AUD303
        try:
            work()
        except Exception as error:
            self.logger.error(f"failed: {error}")  # AUD303


def correct_forms(work):
    try:
        work()
    except Exception as error:
        imported.error("failed", exc_info=error)
    try:
        work()
    except Exception:
        imported.error("failed", exc_info=True)
    try:
        work()
    except Exception:
        imported.exception("failed")
    try:
        work()
    except Exception:
        loguru.opt(exception=True).error("failed")
    try:
        work()
    except Exception:
        loguru.exception("failed")
    try:
        work()
    except Exception:
        structured.exception("failed")
    try:
        work()
    except Exception as error:
        imported.error("failed: %s\n%s", error, traceback.format_exc())
    try:
        work()
    except Exception as error:
        text = traceback.format_exc()
        imported.error("failed: %s %s", error, text)


def elsewhere(work, sentry_sdk):
    try:
        work()
    except Exception as error:
        imported.error("failed: %s", error)
        sentry_sdk.capture_exception(error)
    try:
        work()
    except Exception:
        imported.error("failed")
        traceback.print_exc()


def called_itself(work, logger=journal.log):
    try:
        work()
    except Exception as error:
        logger(journal.ERROR, "failed: %s", error)  # AUD303
    try:
        work()
    except Exception as error:
        logger(journal.WARNING, "failed: %s", error)
    try:
        work()
    except Exception:
        logger(journal.ERROR, "failed", exc_info=True)
    try:
        work()
    except Exception:
        logger("ERROR", "failed")
