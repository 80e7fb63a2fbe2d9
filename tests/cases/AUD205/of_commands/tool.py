import argparse
from pathlib import Path

from fetching import download, download_for_all


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    given = parser.parse_args()
    download(given.url, Path("a"))
    download_for_all(given.url, Path("b"))
