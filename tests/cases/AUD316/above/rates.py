from urllib.error import URLError
from urllib.request import urlopen


def caught_above(address):
    try:
        return urlopen(address).read()
    except URLError:
        return None


def caught_far_above(address):
    try:
        return urlopen(address).read()
    except URLError:
        return None


def handed_over(address):
    try:
        return urlopen(address).read()
    except URLError:
        return None


def of_a_route(address):
    try:
        return urlopen(address).read()
    except URLError:  # AUD316
        return None


def calls_itself(address):
    try:
        return urlopen(address).read()
    except URLError:  # AUD316
        return calls_itself(address)


class Rates:
    def __init__(self, address):
        try:
            self.rates = urlopen(address).read()
        except URLError:
            self.rates = None

    def __call__(self, address):
        try:
            return urlopen(address).read()
        except URLError:
            return None
