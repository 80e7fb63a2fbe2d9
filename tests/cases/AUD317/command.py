import argparse
import logging

import httpx

logging.basicConfig(level=logging.INFO)


def weather(base, city, api_key):
    return httpx.get(base, params={"q": city, "appid": api_key}).json()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("city")
    parser.add_argument("key")
    given = parser.parse_args()
    weather("https://weather.example.com", given.city, given.key)
