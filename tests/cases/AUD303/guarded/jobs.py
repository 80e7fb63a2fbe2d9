"""Handlers behind calls that never raise, and behind those that do."""

import logging

from store import Plugin, checked, store

logger = logging.getLogger(__name__)


def saved(row):
    try:
        answer = store.save(row)
        if answer["code"] != 200:
            logger.warning("not saved: %s", answer.get("data"))
    except Exception as error:
        logger.error("saving failed: %s", error)


def dropped(row):
    try:
        return store.drop(row)
    except Exception as error:
        logger.error("dropping failed: %s", error)


async def fetched(row):
    try:
        return await store.fetch(row)
    except Exception as error:
        logger.error("fetching failed: %s", error)


def parsed(row):
    try:
        answer = store.save(row)
        return int(answer["code"])
    except Exception as error:
        logger.error("saving failed: %s", error)  # AUD303


async def pushed(row):
    try:
        return await store.push(row)
    except Exception as error:
        logger.error("pushing failed: %s", error)  # AUD303


async def read(row):
    try:
        return store.load(row)
    except Exception as error:
        logger.error("loading failed: %s", error)  # AUD303


def saved_if_there(row):
    try:
        checked(row)
    except Exception as error:
        logger.error("saving failed: %s", error)


async def revoked(plugin: Plugin, row):
    try:
        await plugin.revoke(row)
    except Exception as error:
        logger.error("not revoked: %s", error)  # AUD303
