import json
from pathlib import Path

FILE = Path("audit.jsonl")


def record(event):
    with FILE.open("a") as file:
        file.write(json.dumps(event))


def log_call(name):
    with open("calls.txt", "a") as file:
        file.write(name)


def login(name):
    with open("logins.txt", "a") as file:
        file.write(name)


def read_all():
    return FILE.read_bytes()


class CallLog:
    def append(self, line):
        with open("lines.txt", "a") as file:
            file.write(line)


class Catalog:
    def append(self, line):
        with open("catalog.txt", "a") as file:
            file.write(line)
