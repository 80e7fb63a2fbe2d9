"""What routes hand their bodies to."""


class Store:
    def __init__(self):
        self.rows = {}

    def create(self, payload):
        key = payload["key"]
        self.rows[key] = payload
        return {"key": key}

    def rename(self, key, payload):
        self.rows[key]["name"] = payload["name"]

    def note(self, payload):
        return {"note": payload.get("note")}

    def weigh(self, payload):
        if "weight" not in payload:
            return None
        return payload["weight"]

    def guarded(self, payload):
        try:
            return payload["weight"]
        except KeyError:
            return None


def check_order(payload):
    return payload["order"]


async def bill(payload):
    return payload["sum"]
