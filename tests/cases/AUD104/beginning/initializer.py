"""What the server needs before it can serve."""

import json


async def read_roles():
    with open("roles.json") as file:
        return json.load(file)
