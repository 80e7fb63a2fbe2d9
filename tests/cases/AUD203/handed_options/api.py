"""Functions that hand their `**options` on to the library."""

import json

import requests


class Api:
    def __init__(self, base_url):
        self.base_url = base_url

    def call_action(self, action, method="POST", **options):
        if "headers" not in options:
            options["headers"] = {}
        print(json.dumps(options), options.get("json", {}))
        return requests.request(method, f"{self.base_url}/{action}", **options)  # AUD203

    def ask_shortly(self, action, **options):
        return requests.get(f"{self.base_url}/{action}", **options)

    def ask_with_default(self, action, **options):
        options.setdefault("timeout", 10)
        return requests.get(f"{self.base_url}/{action}", **options)

    def ask_with_all(self, action, **options):
        options.update(DEFAULTS)
        return requests.get(f"{self.base_url}/{action}", **options)

    def ask_bounded(self, action, **options):
        return requests.get(f"{self.base_url}/{action}", timeout=5, **options)

    def never_called(self, action, **options):
        return requests.get(f"{self.base_url}/{action}", **options)

    def given_to_others(self, action, **options):
        return requests.get(f"{self.base_url}/{action}", **options)

    def send(self, action, **options):
        answer = requests.request("GET", f"{self.base_url}/{action}", timeout=5, **options)
        if answer.status_code == 401:
            answer = requests.request("GET", f"{self.base_url}/{action}", **options)  # AUD203
        return answer

    def send_or_stream(self, action, stream, **options):
        if stream:
            return requests.get(f"{self.base_url}/{action}", timeout=5, **options)
        return requests.get(f"{self.base_url}/{action}", **options)  # AUD203

    def fetch_by_way(self, action, **options):
        return self.fetch_at_last(action, **options)

    def fetch_at_last(self, action, **options):
        return requests.get(f"{self.base_url}/{action}", **options)  # AUD203


class Session(requests.Session):
    def ask_own(self, url, **options):
        return requests.get(url, **options)


DEFAULTS = {"timeout": 3}
