#!/usr/bin/env python
from urllib.request import urlopen


def regenerate():
    with urlopen("https://example.org/names") as answer:
        return answer.read()


if __name__ == "__main__":
    regenerate()
