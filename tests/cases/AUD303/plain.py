import json
import logging
import os
import re

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


def _is_story(line):
    pattern = r".*##.+"
    return re.match(pattern, line) is not None


def _is_wanted(client, line):
    return client.wants(line)


def has_story(path):
    try:
        with open(path, encoding="utf-8") as lines:
            return any(_is_story(line) for line in lines)
    except Exception as error:
        logger.error("cannot read %s: %s", path, error)
        return False


def has_wanted(path, client):
    try:
        with open(path, encoding="utf-8") as lines:
            return any(_is_wanted(client, line) for line in lines)
    except Exception as error:
        logger.error("cannot read %s: %s", path, error)  # AUD303
        return False


def asks_for_a_number():
    while True:
        try:
            return int(input("port: "))
        except Exception:
            logger.error("that is no number")


def asks_and_starts(server):
    try:
        server.start(int(input("port: ")))
    except Exception:
        logger.error("not started")  # AUD303


def date_of(line, dates, str_to_date):
    try:
        dates.append(str_to_date(line[2].strip()))
    except Exception:
        logger.error("not a date: %s", line)


def time_of(value, datetime):
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None).isoformat()
    except Exception as error:
        logger.error("not a time: %s", error)
        return None


class Files:
    async def clean(self):
        """Remove what has expired."""
        if not self.store:
            return
        try:
            await self.store.remove_expired()
        except Exception:
            logger.exception("files stay that have expired")

    async def clean_some(self, keys):
        for key in keys:
            await self.store.remove(key)

    async def clean_now_and_then(self, pause):
        while True:
            try:
                await self.clean()
            except Exception as error:
                logger.error("clean-up failed: %s", error)
            await pause()

    async def clean_some_now_and_then(self, pause):
        while True:
            try:
                await self.clean_some(self.keys)
            except Exception as error:
                logger.error("clean-up failed: %s", error)  # AUD303
            await pause()


def takes_from_peer(stack, message):
    try:
        message = stack.deserialize_message(message)
    except Exception as error:
        logger.error("no message: %s in %s", error, message)
        return None
    return message


async def closes_and_forgets(sockets, peer):
    try:
        await sockets[peer].close(code=1000)
        sockets.pop(peer, None)
    except Exception as error:
        logger.error("not closed: %s", error)


def converts_time(left, names, name):
    try:
        hours, minutes = left[names.index(name)]
        return int(hours) * 60 + int(minutes)
    except Exception as error:
        logger.error("no time: %s", error)
        return None


def converts_parts(text):
    try:
        return sum(int(part) * 60**place for place, part in enumerate(reversed(text.strip().split(":"))))
    except Exception as error:
        logger.error("no time: %s", error)
        return 0
