"""A session that raises where the status is an error."""

import requests


class Session(requests.Session):
    def request(self, method, url, **options):
        response = super().request(method, url, **options)
        response.raise_for_status()
        return response
