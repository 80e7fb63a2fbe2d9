"""DuckDB in memory, to which tables of files or servers are attached."""

import duckdb


class Engine:
    def __init__(self) -> None:
        self.connection: duckdb.DuckDBPyConnection = duckdb.connect(":memory:")

    async def attach(self, catalog: str) -> None:
        self.connection.execute(f"ATTACH '{catalog}' AS lake (TYPE ICEBERG)")  # AUD103

    async def count(self) -> object:
        return self.connection.execute("SELECT count(*) FROM lake.rows").fetchone()  # AUD103


async def rows_of(path: str) -> object:
    connection = duckdb.connect()
    return connection.execute("SELECT * FROM read_parquet(?)", [path]).fetchall()  # AUD103
