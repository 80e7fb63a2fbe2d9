"""A command that fails ends its process."""

import json


def write(path, values):
    file = open(path, "w")
    file.write(json.dumps(values))
    file.close()


def read(path):
    return json.load(open(path))  # AUD211
