import httpx

from .config import settings


def place(name):
    answer = httpx.get("https://maps.example.com", params={"q": name, "key": settings.maps_api_key})  # AUD317
    return answer.json()
