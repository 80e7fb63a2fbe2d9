"""A script opens what it needs for one expression and ends soon."""

import json
import sys


def read(path):
    return json.load(open(path))


def read_all(paths):
    return [json.load(open(path)) for path in paths]  # AUD211


if __name__ == "__main__":
    print(read(sys.argv[1]), read_all(sys.argv[2:]))
