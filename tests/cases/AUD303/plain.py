import json
import logging
import os

logger = logging.getLogger(__name__)


def converts(text):
    try:
        return json.loads(text)
    except Exception as error:
        logger.error("no JSON: %s", error)
        return None


def removes(path):
    try:
        os.unlink(path)
    except Exception as error:
        logger.error("cannot remove %s: %s", path, error)


def asks_and_converts(client):
    try:
        return json.loads(client.ask())
    except Exception as error:
        logger.error("no answer: %s", error)  # AUD303
        return None


async def closes(pool):
    try:
        await pool.aclose()
        logger.info("closed")
    except Exception as error:
        logger.error("cannot close: %s", error)


async def closes_and_tells(pool, tell):
    try:
        await pool.aclose()
        tell()
    except Exception as error:
        logger.error("cannot close: %s", error)  # AUD303


def looks(header, patterns):
    try:
        return any(pattern in header for pattern in patterns)
    except Exception as error:
        logger.error("cannot look: %s", error)
        return False


class Cache:
    def clear(self):
        try:
            if hasattr(self, "parts"):
                self.parts.clear()
        except Exception as error:
            logger.error("cannot clear: %s", error)

    def keep(self, part):
        try:
            part.keep()
        except Exception as error:
            self._logger.log("error", f"cannot keep: {error}")


def hands_the_exception_on(store):
    try:
        store.load()
    except Exception as error:
        logger.error("not loaded", exc=error)


def writes_the_traceback(store, text_traceback):
    try:
        store.load()
    except Exception as error:
        logger.error("not loaded: %s", error)
        logger.error(text_traceback())


def test_connection(client):
    try:
        client.list_tables()
        return True
    except Exception as error:
        log.error("connection failed: %s", error)
        return False


def _http_probe(client):
    try:
        client.list_tables()
    except Exception as error:
        log.error("no answer: %s", error)


def tested_connection(client):
    try:
        client.list_tables()
    except Exception as error:
        log.error("connection failed: %s", error)  # AUD303
