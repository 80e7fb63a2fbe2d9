# Migrations are looked for once, where a store is opened.
import shutil
from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"


async def run_migrations(pool):
    async with pool.connection() as connection:
        for migration in sorted(MIGRATIONS.glob("*.sql")):
            await connection.execute(migration.read_text())


async def list_migrations():
    return sorted(MIGRATIONS.glob("*.sql"))  # AUD104


OLD, NEW = Path.home() / ".acme" / "orders.json", Path.home() / ".acme2" / "orders.json"


def _migrate_legacy():
    if OLD.exists() and not NEW.exists():
        shutil.copy2(OLD, NEW)


def _copy_orders(folder):
    shutil.copy2(NEW, folder)


async def orders():
    _migrate_legacy()
    return NEW


async def copied_orders(folder):
    _copy_orders(folder)  # AUD104
