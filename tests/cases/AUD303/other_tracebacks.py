import logging

from twisted.python.failure import Failure

logger = logging.getLogger(__name__)


def detaches(router, session):
    try:
        router.detach(session)
    except Exception as error:
        logger.error("not detached: %s", error)
        logger.warning("%s", Failure().getTraceback())


async def closes(asyncio, socket):
    try:
        await asyncio.wait_for(socket.close(), timeout=1)
    except Exception as error:
        logger.error("not closed: %s", error)
