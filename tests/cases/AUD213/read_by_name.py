"""Files that a function reads which says so by its name, files of the system, and descriptors."""

import json
import os
import shutil

import yaml
from settings_files import load_yaml_file

STATE = os.path.expanduser("~/.example/state.json")
HOSTS = "/etc/example.hosts"


class Policy:
    def __init__(self, path):
        self.path = path

    def rules(self):
        return load_yaml_file(self.path)

    def add(self, rule):
        rules = self.rules()
        rules.append(rule)
        with open(self.path, "w") as file:  # AUD213
            yaml.safe_dump(rules, file)


def load_state():
    with open(STATE) as file:
        return json.load(file)


def save_state(state):
    descriptor = os.open(STATE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # AUD213
    with os.fdopen(descriptor, "w") as file:
        json.dump(state, file)


def add_host(address, name):
    with open(HOSTS) as file:
        existing = file.read()
    if name not in existing:
        with open(HOSTS, "w") as file:  # AUD213
            file.write(f"{address} {name}\n{existing}")


def add_host_with_copy(address, name):
    shutil.copyfile(HOSTS, f"{HOSTS}.bak")
    with open(HOSTS) as file:
        existing = file.read()
    with open(HOSTS, "w") as file:
        file.write(f"{address} {name}\n{existing}")


def forward(is_on):
    with open("/proc/sys/net/ipv4/ip_forward") as file:
        before = file.read()
    with open("/proc/sys/net/ipv4/ip_forward", "w") as file:
        file.write("1" if is_on else before)


def key():
    """The file is there only once."""
    if os.path.isfile(HOSTS):
        with open(HOSTS) as file:
            value = file.read()
        if value:
            return value
    value = os.urandom(8).hex()
    with open(HOSTS, "w") as file:
        file.write(value)
    return value
