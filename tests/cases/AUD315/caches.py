import logging

logger = logging.getLogger(__name__)


class Store:
    """A wrapper of Redis for caching and sessions."""

    def __init__(self, client):
        self.client = client

    def get_value(self, key):
        try:
            value = self.client.get(key)
            if value:
                return value
            return None
        except Exception:
            logger.exception("not read")
            return None


class Orders:
    """Orders as the database has them."""

    def __init__(self, client):
        self.client = client

    def get_order(self, key):
        try:
            value = self.client.get(key)
            if value:
                return value
            return None
        except Exception:
            logger.exception("not read")
            return None  # AUD315


class Sessions:
    """Sessions that all servers share.

    No caching in memory.
    """

    def __init__(self, client):
        self.client = client

    def get_session(self, key):
        try:
            value = self.client.get(key)
            if value:
                return value
            return None
        except Exception:
            logger.exception("not read")
            return None  # AUD315
