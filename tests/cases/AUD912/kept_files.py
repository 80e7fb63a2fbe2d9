"""Downloads that are kept under an extension."""

import io
from pathlib import Path

import httpx
import requests
from PIL import Image

LOGO = "https://example.org/logo.png"


def song(url, title):
    with requests.get(url, timeout=10, stream=True) as response:
        response.raise_for_status()
        with open(f"{title}.mp3", "wb") as file:
            for chunk in response.iter_content(8192):  # AUD912
                file.write(chunk)


def report(client: httpx.Client, number):
    response = client.get(f"https://example.org/reports/{number}")
    response.raise_for_status()
    Path(f"{number}.pdf").write_bytes(response.content)  # AUD912


def fixed_address():
    response = requests.get("https://example.org/logo.png", timeout=10)
    response.raise_for_status()
    Path("logo.png").write_bytes(response.content)


def fixed_address_under_a_name():
    response = requests.get(LOGO, timeout=10)
    response.raise_for_status()
    Path("logo.png").write_bytes(response.content)


def opened(url):
    response = requests.get(url, timeout=10)
    response.raise_for_status()
    with Image.open(io.BytesIO(response.content)) as image:
        image.verify()
    Path("cover.jpg").write_bytes(response.content)


def of_any_type(url, name):
    response = requests.get(url, timeout=10)
    response.raise_for_status()
    Path(name).write_bytes(response.content)


def of_two_types(url, is_sound):
    response = requests.get(url, timeout=10)
    response.raise_for_status()
    Path("x.mp3" if is_sound else "x.mp4").write_bytes(response.content)
