"""What is looked up beside the file, as in a script's folder."""

import requests


async def newest(address):
    return requests.get(address)
