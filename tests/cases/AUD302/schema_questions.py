"""Questions to a database what its tables are like, which hardly fail, beside questions for rows."""


def has_column(connection, table, column):
    try:
        rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    except Exception:
        return False
    return any(row[1] == column for row in rows)


def first_order(connection):
    try:
        for row in connection.execute("SELECT name FROM orders").fetchall():
            if row[0] == "main":
                return row[0]
    except Exception:  # AUD302
        pass
    return ""


def main_file(connection):
    try:
        for row in connection.execute("PRAGMA database_list").fetchall():
            if row[1] == "main":
                return row[2]
    except Exception:
        pass
    return ""


def plan(connection, query):
    try:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
    except Exception:
        return []
