# Migrations are looked for once, where a store is opened.
from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"


async def run_migrations(pool):
    async with pool.connection() as connection:
        for migration in sorted(MIGRATIONS.glob("*.sql")):
            await connection.execute(migration.read_text())


async def list_migrations():
    return sorted(MIGRATIONS.glob("*.sql"))  # AUD104
