"""Tables whose rows are said to go with those of another table."""

import aiosqlite

NOTES = """  # AUD424
CREATE TABLE IF NOT EXISTS "notes" (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    FOREIGN KEY (user_id) REFERENCES "users" (id) ON DELETE CASCADE
)
"""
LINKS = "CREATE TABLE links (note INTEGER REFERENCES kept(id) ON DELETE SET NULL)"
TREE = "CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users(id) ON DELETE SET NULL)"
PLAIN = "create table marks (id integer primary key, user_id integer references users(id))"
LOWER = "create table likes (user_id integer references users(id) on delete set null)"  # AUD424
CLEARED = "CREATE TABLE visits (user_id INTEGER REFERENCES users(id) ON DELETE CASCADE)"


async def forget(path, user_id):
    """Says in words what CREATE TABLE a (b REFERENCES users(id) ON DELETE CASCADE) does."""
    async with aiosqlite.connect(path) as connection:
        await connection.execute("DELETE FROM visits WHERE user_id = ?", (user_id,))
        await connection.execute("DELETE FROM users WHERE id = ?", (user_id,))
        await connection.commit()
