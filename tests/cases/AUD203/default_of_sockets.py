import socket
from urllib.request import urlopen

import requests

socket.setdefaulttimeout(10)


def read(url):
    requests.get(url)  # AUD203
    return urlopen(url)
