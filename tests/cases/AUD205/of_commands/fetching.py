import requests


def download(url, target):
    answer = requests.get(url, timeout=5)
    target.write_bytes(answer.content)


def download_for_all(url, target):
    answer = requests.get(url, timeout=5)
    target.write_bytes(answer.content)  # AUD205
