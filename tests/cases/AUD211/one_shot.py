"""A script that is run for itself opens a file once, in one expression."""

import argparse
import json

SETTINGS = json.load(open("settings.json"))


def read(path):
    return open(path).read()  # AUD211


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    given = parser.parse_args()
    print(open(given.path).read())
    for name in ("a.txt", "b.txt"):
        print(open(name).read())  # AUD211
    file = open(given.path)  # AUD211
    print(file.read())


if __name__ == "__main__":
    main()
