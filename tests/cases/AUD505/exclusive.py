import weakref


class Seen:
    """An entry is in one of the two."""

    def __init__(self):
        self._weak = {}
        self._strong = {}

    def add(self, key, owner):
        try:
            self._weak[key] = weakref.ref(owner)
        except TypeError:
            self._strong[key] = owner

    def remove(self, key):
        self._weak.pop(key, None)


seen = Seen()
