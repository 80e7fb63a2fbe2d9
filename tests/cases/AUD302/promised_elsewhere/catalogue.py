import logging

import httpx

logger = logging.getLogger(__name__)


class Catalogue:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def names(self, address: str) -> list[str]:
        """Fetch the names. Does not raise: a failure gives none of them."""
        try:
            return self._client.get(address).json()
        except (httpx.HTTPError, ValueError):
            logger.warning("no names from %s", address)
            return []

    def items(self, address: str) -> list[str]:
        """Fetch the items."""
        try:
            return self._client.get(address).json()
        except ValueError:
            logger.warning("no items from %s", address)
            return []
