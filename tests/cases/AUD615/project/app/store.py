from sqlalchemy import select


class Orders:
    async def page(self, session, status, limit: int = 10):
        statement = select(status)
        if limit:
            statement = statement.limit(limit)
        return await session.execute(statement)

    async def capped(self, session, limit: int):
        return select(session).limit(min(limit, 100))

    def passed_on(self, count):
        return first(count)


def first(count):
    return list(range(count))


orders = Orders()
