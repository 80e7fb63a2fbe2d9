"""A command that fails ends its process."""

import json


def write(path, values):
    file = open(path, "w")
    file.write(json.dumps(values))
    file.close()


def read(path):
    return json.load(open(path))


def read_all(paths):
    return [json.load(open(path)) for path in paths]  # AUD211
