class Provider:
    def __init__(self, url, key=None):
        self.url = url
        self.key = self._verify(key)

    def _verify(self, key):
        return key
