"""A program that asks a server before it begins; nobody imports it."""

import requests

NEWS = requests.get("https://example.org/news", timeout=5).json()
print(NEWS)
