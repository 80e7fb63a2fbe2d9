import sqlite3


def search(connection: sqlite3.Connection, query: str, limit: int = 20):
    return connection.execute(
        "SELECT id FROM product WHERE name LIKE ? LIMIT ?",
        (f"%{query}%", limit),  # AUD422
    ).fetchall()


def search_in_parts(connection, owner, search="", branch=None):
    clauses = ["owner = ?"]
    arguments = [owner]
    if branch:
        clauses.append("branch = ?")
        arguments.append(branch)
    if search:
        clauses.append("(title LIKE ? OR body LIKE ?)")
        pattern = "%" + search + "%"  # AUD422
        arguments += [pattern, pattern]
    return connection.execute("SELECT id FROM note WHERE " + " AND ".join(clauses), arguments)


async def numbered(pool, term: str):
    return await pool.fetch("SELECT id FROM product WHERE name ILIKE $1", f"%{term}%")  # AUD422


def with_escape_character(connection, query: str):
    return connection.execute("SELECT id FROM product WHERE name LIKE ? ESCAPE '\\'", (f"%{query}%",))


def escaped(connection, query: str):
    query = query.replace("%", "\\%").replace("_", "\\_")
    return connection.execute("SELECT id FROM product WHERE name LIKE ?", (f"%{query}%",))


def no_search(connection, day: str):
    return connection.execute("SELECT id FROM visit WHERE moment LIKE ?", (f"{day}%",))


def not_bound(connection, query: str):
    shown = f"%{query}%"
    return shown, connection.execute("SELECT id FROM product WHERE name = ?", (query,))
