"""Jobs that look at settings before they work."""

import logging

from .config import settings

logger = logging.getLogger(__name__)


async def synchronize():
    """Load what is new."""
    if settings.sync_url is None:
        logger.debug("no address to synchronize with")
        return
    logger.info("synchronized with %s", settings.sync_url)


def mail(send):
    if not settings.mail_server or not settings.key:
        return
    send(settings.mail_server)


def mirror(load):
    if not settings.mirror:
        return
    load(settings.mirror)


def report(load):
    rows = load()
    if not settings.is_reporting:
        return
    logger.info("%d rows", len(rows))


def tidy(folder):
    if not folder.exists():
        return
    folder.rmdir()
