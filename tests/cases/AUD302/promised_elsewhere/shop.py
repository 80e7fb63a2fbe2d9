from catalogue import Catalogue


class Shop:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def fetch_names(self, address: str) -> list[str]:
        try:
            return self._catalogue.names(address)
        except Exception:
            return []

    def fetch_items(self, address: str) -> list[str]:
        try:
            return self._catalogue.items(address)
        except Exception:  # AUD302
            return []
