import httpx

from elsewhere import Unknown
from shop.base import Closing, Factor, Sweeping


class Plain(Factor):
    def __init__(self, name):
        super().__init__(name)
        self._client = httpx.AsyncClient()  # AUD204


class Closed(Closing):
    def __init__(self, name):
        super().__init__(name)
        self._session = httpx.AsyncClient()


class Swept(Sweeping):
    def __init__(self, name):
        super().__init__(name)
        self._client = httpx.AsyncClient()


class OfOthers(Unknown):
    def __init__(self, name):
        super().__init__(name)
        self._client = httpx.AsyncClient()
