"""Who gets the body looks into it for an error."""

import requests


def ask(url):
    response = requests.get(url, timeout=5)
    return response.json()


def names(url):
    answer = ask(url)
    return [] if "error" in answer else answer["names"]


def ask_anything(url):
    response = requests.get(url, timeout=5)
    return response.json()  # AUD206


def first_name(url):
    return ask_anything(url)["names"][0]


def rates(url):
    response = requests.get(url, timeout=5)
    answer = response.json()
    return parsed(answer)


def parsed(answer):
    if "rates" not in answer:
        raise RuntimeError(answer.get("error", "unknown"))
    return answer["rates"]


def pairs(url):
    response = requests.get(url, timeout=5)
    answer = response.json()  # AUD206
    return paired(answer)


def paired(answer):
    return list(answer["pairs"].items())


def token(url):
    response = requests.get(url, timeout=5)
    answer = response.json()
    found = answer.get("token")
    if found is None:
        raise ValueError("no token")
    return found


def key(url):
    response = requests.get(url, timeout=5)
    answer = response.json()
    try:
        return answer["key"]
    except KeyError:
        return None


def bearer(url):
    response = requests.post(url, timeout=5)
    answer = response.json()
    if answer.get("token_type") != "bearer":
        raise ValueError("not what was asked for")
    return answer["access_token"]
