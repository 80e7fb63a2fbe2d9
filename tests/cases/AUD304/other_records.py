import logging

logger = logging.getLogger(__name__)


def runs(program):
    try:
        program()
    except Exception as error:
        logger.error("failed: %s", error)
        logger.info("Run again with --debug for more information.")
        logger.debug("details", exc_info=error)


def works(job):
    try:
        job()
    except Exception as error:
        logger.error("failed: %s", error)
        logger.info("the next one is taken")
        logger.debug("details", exc_info=error)  # AUD304
