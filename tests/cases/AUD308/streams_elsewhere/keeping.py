from archive import Archive


class Keeping:
    def __init__(self):
        self.archive = Archive()

    def put(self, order):
        ok, error = self.archive.put(order)
        return {"ok": ok} if ok else {"ok": False, "error": error}

    def drop(self, order):
        ok, error = self.archive.drop(order)
        return {"ok": ok}


keeping = Keeping()
