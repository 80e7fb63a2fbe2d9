"""Arguments that a function of the module puts together."""

import requests


class Prices:
    def _request(self, name):
        return dict(url=f"https://example.org/{name}", headers={"accept": "text/plain"})

    def _bounded(self, name):
        if name:
            return {"url": f"https://example.org/{name}", "timeout": 3}
        return {"url": "https://example.org/", "timeout": 5}

    def _with_none(self):
        return {"url": "https://example.org/", "timeout": None}

    def _changed(self, name):
        arguments = {"url": f"https://example.org/{name}"}
        self.complete(arguments)
        return arguments

    def _again(self, name):
        return self._again(name)

    @property
    def _kept(self):
        return {"url": "https://example.org/"}

    def read(self, name):
        requests.get(**self._request(name))  # AUD203
        requests.get(**self._bounded(name))
        requests.get(**self._with_none())  # AUD203
        requests.get(**self._changed(name))
        requests.get(**self._again(name))
        requests.get(**self._kept)
        requests.get(**self._unknown(name))
        requests.get(**plain(name))  # AUD203
        requests.get(**{**self._request(name), "timeout": 3})


def plain(name):
    return {"url": name, **{"headers": {}}}
