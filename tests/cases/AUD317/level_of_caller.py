import logging

import httpx


def configure(level):
    logging.basicConfig(level=getattr(logging, level, logging.INFO))


def configure_for(debug):
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING)


def weather(base, city, api_key):
    return httpx.get(base, params={"q": city, "appid": api_key}).json()
