import logging

from twisted.python.failure import Failure

logger = logging.getLogger(__name__)


def detaches(router, session):
    try:
        router.detach(session)
    except Exception as error:
        logger.error("not detached: %s", error)
        logger.warning("%s", Failure().getTraceback())
