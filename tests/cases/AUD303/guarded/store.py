"""A store whose methods are guarded in different ways."""

from guards import guarded, guarded_coroutine, recorded


class Store:
    def here(func):
        def wrapper(self, *args):
            try:
                return func(self, *args)
            except Exception:
                return {"code": 400}

        return wrapper

    @guarded
    def save(self, row):
        return self.connection.write(row)

    @here
    def drop(self, row):
        return self.connection.drop(row)

    @recorded
    def load(self, row):
        return self.connection.read(row)

    @guarded_coroutine(default=None)
    async def fetch(self, row):
        return await self.connection.fetch(row)

    @guarded
    async def push(self, row):
        return await self.connection.push(row)


store = Store()


class Plugin:
    async def revoke(self, row):
        return None


def checked(row):
    if row is None:
        raise ValueError("no row")
    return store.save(row)
