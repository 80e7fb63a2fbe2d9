import json


def read_config(path):
    try:
        with open(path) as file:
            return json.load(file)
    except Exception as error:
        print(f"no settings: {error}")
        return {}
