ROWS = {}


def error_response(text, status=400):
    return {"success": False, "error": text, "status": status}


def find(number):
    if number not in ROWS:
        return {"error": "no such order"}
    return ROWS[number]


def archive(store):
    if store is None:
        return {"error": "no store is configured"}
    return {"archived": len(store)}


def drop(number):
    try:
        del ROWS[number]
    except Exception as error:
        return {"success": False, "error": str(error)}
    return {"success": True}


def look(number):
    if number not in ROWS:
        return {"error": "no such order", "found": False}
    return {"found": True}


class Orders:
    async def cancel(self, number):
        if number not in ROWS:
            return {"success": False, "message": "no such order"}
        return {"success": True}

    def validate(self, number):
        return {"error": "no number"} if not number else {"success": number in ROWS}

    def count(self):
        return {"count": len(ROWS)}
