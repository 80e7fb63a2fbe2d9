"""A pair of functions that has a path of its own where its callers give none."""

import json

import yaml


def load_config(path=None):
    path = path or "/etc/example/config.yaml"
    with open(path) as file:
        return yaml.safe_load(file)


def save_config(config, path=None):
    path = path or "/etc/example/config.yaml"
    with open(path, "w") as file:  # AUD213
        yaml.safe_dump(config, file)


def load_json(path):
    with open(path) as file:
        return json.load(file)


def save_json(content, path):
    with open(path, "w") as file:
        json.dump(content, file)


def load_model_config(path):
    with open(path) as file:
        return json.load(file)


def save_model_config(config, path):
    with open(path, "w") as file:
        json.dump(config, file)
