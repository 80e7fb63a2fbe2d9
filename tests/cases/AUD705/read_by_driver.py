from datetime import datetime

import pymongo


def seconds_left(collection, key):
    """The driver gives UTC without a zone: both sides are off by as much."""
    ends = collection.find_one({"key": key})["ends"]
    return int(ends.timestamp()) - int(datetime.utcnow().timestamp())


def stamp(collection, key):
    collection.insert_one({"key": key, "at": int(datetime.utcnow().timestamp())})  # AUD705


client = pymongo.MongoClient()
