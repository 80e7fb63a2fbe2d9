import json


def bump(path):
    with open(path) as file:
        described = json.load(file)
    described["version"] += 1
    with open(path, "w") as file:
        json.dump(described, file)
