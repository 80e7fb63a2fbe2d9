import aiosqlite


async def rows(text, limit):
    async with aiosqlite.connect("rows.db") as connection:
        return await connection.execute_fetchall("SELECT id FROM rows WHERE text = ? LIMIT ?", (text, limit))
