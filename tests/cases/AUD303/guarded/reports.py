"""Who asks them."""

import logging

from searches import search, search_by_number

logger = logging.getLogger(__name__)


async def by_name(session, name, report):
    try:
        found = await search(session, name)
        report["found"] = found
    except Exception as error:
        logger.error("no answer: %s", error)


async def by_number(session, number, report):
    try:
        found = await search_by_number(session, number)
        report["found"] = found
    except Exception as error:
        logger.error("no answer: %s", error)  # AUD303
