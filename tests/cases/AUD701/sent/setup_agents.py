import os


def written():
    return {"key": os.environ.get("BROKER_API_KEY", "nb-local"), "other": os.getenv("OTHER_API_KEY", "nb-local")}  # AUD701
