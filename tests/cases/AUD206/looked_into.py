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
