import json


def write(path, values):
    file = open(path, "w")
    file.write(json.dumps(values))
    file.close()
