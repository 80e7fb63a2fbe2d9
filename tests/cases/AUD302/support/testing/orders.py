import requests


def mock_order(name):
    try:
        return requests.post("https://shop.example.com/orders", json={"name": name}, timeout=5).json()
    except Exception:
        return None
