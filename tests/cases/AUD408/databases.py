"""The library `databases`."""

from databases import Database


async def counted(db: Database):
    rows = await db.fetch_all("SELECT id FROM items LIMIT 10")
    found = []
    for row in rows:
        count = await db.fetch_val("SELECT COUNT(*) FROM tags WHERE item_id = :id", {"id": row["id"]})  # AUD408
        found.append(count)
    return found
