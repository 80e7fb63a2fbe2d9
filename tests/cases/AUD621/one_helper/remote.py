import httpx

BACKEND = "http://127.0.0.1:9000"


def fetch(name):
    return httpx.get(f"{BACKEND}/profiles/{name}").raise_for_status().json()
