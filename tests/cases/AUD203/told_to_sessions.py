import requests
from requests_oauthlib import OAuth2Session


class Client:
    def __init__(self, timeout):
        self.timeout = timeout
        self.session = requests.Session()
        # Nothing in requests reads this.
        self.session.timeout = timeout

    def read(self, url):
        return self.session.get(url)  # AUD203

    def read_in_time(self, url):
        return self.session.get(url, timeout=self.timeout)


def log_in(url):
    session = OAuth2Session("me")
    session.fetch_token(url)  # AUD203
    session.fetch_token(url, timeout=5)
    return session.get(url, timeout=5)
