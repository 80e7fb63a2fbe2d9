import logging
import traceback

from loguru import logger as loguru

logger = logging.getLogger(__name__)


def lower(work):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
        logger.debug("%s", traceback.format_exc())  # AUD304


def info(work):
    try:
        work()
    except Exception as error:
        logger.critical("failed: %s", error)
        logger.info("details", exc_info=error)  # AUD304


def with_loguru(work):
    try:
        work()
    except Exception as error:
        loguru.error("failed: {}", error)
        loguru.opt(exception=True).debug("details")  # AUD304


def same_level(work):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
        logger.error(traceback.format_exc())


def debug_only(work):
    try:
        work()
    except Exception:
        logger.debug("failed", exc_info=True)


def message_has_it_too(work):
    try:
        work()
    except Exception:
        logger.exception("failed")
        logger.debug("details", exc_info=True)


def raised_again(work):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
        logger.debug("details", exc_info=True)
        raise


def reported_elsewhere(work, tracker):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
        logger.debug("details", exc_info=True)
        tracker.capture_exception(error)


def on_another_way(work, seen):
    try:
        work()
    except Exception as error:
        if seen:
            logger.debug("failed again", exc_info=True)
        else:
            logger.error("failed: %s", error)


def says_where_it_is(work):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s; the traceback is logged at level DEBUG", error)
        logger.debug("details", exc_info=True)


def is_meant(work):
    try:
        work()
    except Exception as error:
        # the traceback goes to the debug log on purpose
        logger.error("failed: %s", error)
        logger.debug("details", exc_info=True)


def only_warns(work):
    try:
        work()
    except Exception as error:
        logger.warning("failed: %s", error)
        logger.debug("details", exc_info=True)


def names_what_is_expected(work):
    try:
        work()
    except ValueError as error:
        logger.error("failed: %s", error)
        logger.debug("%s", traceback.format_exc())


def tells_the_switch(work):
    try:
        work()
    except Exception as error:
        logger.debug(traceback.format_exc())
        logger.error(error)
        logger.error("Please run the command again with -v to get more information.")
