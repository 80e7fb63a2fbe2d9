import requests

requests.get("https://example.org/")
