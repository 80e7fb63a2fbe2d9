import json

from answers import frame


def read(work):
    try:
        return {"ok": True, "value": work()}
    except Exception as error:
        return {"ok": False, "error": str(error)}  # AUD308


def queues(work):
    broker = {"name": "queue", "error": None}
    try:
        broker["name"] = work()
    except Exception as error:
        broker["error"] = f"cannot be reached: {error}"  # AUD308
    return {"broker": broker}


def state_of(work):
    try:
        return {"ok": True, "value": work()}
    except Exception as error:
        return {"ok": False, "error": str(error)}  # AUD308


def nobody_answers(work):
    try:
        return {"ok": True, "value": work()}
    except Exception as error:
        return {"ok": False, "error": str(error)}


def lines(work):
    try:
        yield from work()
    except Exception as error:
        yield frame("error", json.dumps({"error": str(error)}))  # AUD308


class Store:
    def load(self, work):
        try:
            return {"value": work()}
        except Exception as error:
            return {"error": str(error)}  # AUD308

    def check_connection(self, work):
        try:
            return {"value": work()}
        except Exception as error:
            return {"error": str(error)}
