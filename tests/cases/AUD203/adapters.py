import requests
from requests.adapters import HTTPAdapter


class Patient(HTTPAdapter):
    def send(self, request, **options):
        options["timeout"] = options.get("timeout") or 5
        return super().send(request, **options)


session = requests.Session()
session.mount("https://", Patient())


def read(url):
    return session.get(url)
