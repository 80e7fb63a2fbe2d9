import logging
import os

import httpx

logging.basicConfig(level=os.getenv("LOG_LEVEL", "WARNING"))


def weather(base, city, api_key):
    return httpx.get(base, params={"q": city, "appid": api_key}).json()
