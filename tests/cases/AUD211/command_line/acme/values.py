import json


def write(path, values):
    file = open(path, "w")  # AUD211
    file.write(json.dumps(values))
    file.close()
