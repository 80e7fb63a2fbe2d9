import psycopg
from psycopg.sql import SQL, Identifier

TAGS = Identifier("tags")


async def composed(connection: psycopg.AsyncConnection, name: str):
    cursor = await connection.execute(SQL("SELECT id FROM {tags} WHERE name = %s").format(tags=TAGS), (name,))
    if await cursor.fetchone() is None:
        statement = SQL("INSERT INTO {table} (name) VALUES (%s)").format(table=TAGS)
        await connection.execute(statement, (name,))  # AUD417


async def of_another_table(connection: psycopg.AsyncConnection, name: str):
    cursor = await connection.execute(
        SQL("SELECT id FROM {table} WHERE name = %s").format(table=Identifier("kinds")), (name,)
    )
    if await cursor.fetchone() is None:
        statement = SQL("INSERT INTO {table} (name) VALUES (%s)").format(table=Identifier("tags"))
        await connection.execute(statement, (name,))
