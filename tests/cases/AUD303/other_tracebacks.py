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


def clears(os, folder):
    try:
        for root, _, files in os.walk(folder):
            for file in files:
                os.remove(os.path.join(root, file))
    except Exception as error:
        logger.error("not cleared: %s", error)


def _validate_weights(load, path):
    try:
        load(path)
        return True
    except Exception as error:
        logger.error("corrupted: %s", error)
        return False


def check_connectivity(session, address):
    try:
        session.get(address, timeout=10)
    except Exception as error:
        logger.error("%s", error)
        return False
    return True


def verify(read, path):
    try:
        read(path)
    except Exception as error:
        logger.error("%s is broken: %s", path, error)
        return False
    return True


def keeps(store, items):
    try:
        store(items)
    except Exception as error:
        # The specifics have been logged there.
        logger.error("not kept: %s", error)


def tells_by_a_function_of_its_own(work, _format_exc):
    try:
        work()
    except Exception:
        logger.error(_format_exc())


def tells_by_a_text_made_late(work, format_exception):
    try:
        work()
    except Exception as error:
        logger.error(lambda error=error: format_exception(error))


def shows_what_came_before(work, show):
    try:
        work()
    except ValueError as mistake:
        try:
            show(mistake.args)
        except Exception:
            logger.critical(mistake)


def shows_what_came_after(work, mend):
    try:
        work()
    except ValueError as mistake:
        logger.warning("mending after %s", mistake)
        try:
            mend()
        except Exception as error:
            logger.critical("not mended: %s", error)  # AUD303


def shows_both(work, mend):
    try:
        work()
    except ValueError as mistake:
        try:
            mend()
        except Exception as error:
            logger.error("not mended: %s, after %s", error, mistake)  # AUD303
