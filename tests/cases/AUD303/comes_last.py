"""Broad handlers behind those for what was expected."""

import json
import logging

import docker
import redis
from redis.exceptions import ConnectionError as Unreachable

logger = logging.getLogger(__name__)


def connect(url):
    try:
        client = redis.Redis.from_url(url)
        client.ping()
        return client
    except Unreachable as error:
        logger.warning("no redis: %s", error)
    except Exception as error:
        logger.error("unexpected failure of redis: %s", error)  # AUD303
    return None


def connect_somehow(url):
    try:
        client = redis.Redis.from_url(url)
        client.ping()
        return client
    except Exception as error:
        logger.error("no redis: %s", error)
    return None


def read(path):
    try:
        with open(path) as file:
            return json.load(file)
    except FileNotFoundError:
        return {}
    except json.JSONDecodeError as error:
        logger.error("%s is malformed: %s", path, error)
    except Exception as error:
        logger.error("%s cannot be read: %s", path, error)
    return {}


def discard(container):
    try:
        container.remove(force=True)
    except docker.errors.NotFound:
        pass
    except Exception as error:
        logger.error("%s is still there: %s", container.id, error)  # AUD303


def discard_somehow(container):
    try:
        container.remove(force=True)
    except Exception as error:
        logger.error("%s is still there: %s", container.id, error)


def read_somehow(path):
    try:
        with open(path) as file:
            return json.load(file)
    except KeyboardInterrupt:
        raise
    except Exception as error:
        logger.error("%s cannot be read: %s", path, error)
    return {}
