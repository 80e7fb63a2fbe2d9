import httpx


def make():
    return httpx.Client(timeout=None)  # AUD203


def read(url):
    with httpx.Client() as client:
        return client.get(url, timeout=5)


class Models:
    def __init__(self):
        self.client = httpx.Client(timeout=None)  # AUD203

    def read(self, url):
        return self.client.get(url, timeout=5)
