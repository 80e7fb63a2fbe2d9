"""DuckDB over a file and in memory."""

import duckdb


async def rows_of(path):
    connection = duckdb.connect(path)  # AUD103
    return connection.execute("SELECT * FROM rows").fetchall()  # AUD103


async def sums():
    connection = duckdb.connect(":memory:")
    connection.execute("CREATE TABLE sums (one INTEGER)")
    return connection.execute("SELECT * FROM sums").fetchall()
