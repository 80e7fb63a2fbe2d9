import requests


def reads(url):
    try:
        return requests.get(url, timeout=5)
    except requests.exceptions.ConnectionError as error:
        if "connection refused" in str(error).lower():
            return None
        raise


def reads_again(url):
    try:
        return requests.get(url, timeout=5)
    except requests.exceptions.RequestException as error:
        if "401" in str(error):  # AUD314
            return None
        raise
