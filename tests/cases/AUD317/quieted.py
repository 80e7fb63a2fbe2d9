import logging

import httpx

logging.basicConfig(level=logging.INFO)
for name in ("httpx", "httpcore"):
    logging.getLogger(name).setLevel(logging.WARNING)


def weather(base, city, api_key):
    return httpx.get(base, params={"q": city, "appid": api_key}).json()
