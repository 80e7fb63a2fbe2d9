import requests


def ask(client, address, api_key):
    client.get(f"{address}/ask?page=1&apikey={api_key}")


def ask_with_parameters(api_key):
    return requests.get("https://example.com", params={"key": api_key})
