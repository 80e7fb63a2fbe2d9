import requests
from requests.adapters import HTTPAdapter


class Bounded(HTTPAdapter):
    def send(self, request, **options):
        return super().send(request, **{"timeout": 5, **options})


def bounded() -> requests.Session:
    session = requests.Session()
    session.mount("https://", Bounded())
    return session
