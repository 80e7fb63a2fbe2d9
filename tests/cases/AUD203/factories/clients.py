from bounded import bounded
from http_sessions import given, plain, shared


def ask():
    return shared().get("https://example.com")  # AUD203


def post(data):
    return plain().post("https://example.com", data=data)  # AUD203


def ask_bounded():
    return bounded().get("https://example.com")


def ask_given(session):
    return given(session).get("https://example.com")


def ask_in_time():
    return shared().get("https://example.com", timeout=5)


class Client:
    def __init__(self):
        self.session = shared()

    def ask(self):
        return self.session.get("https://example.com")  # AUD203
