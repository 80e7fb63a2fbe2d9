"""A name that holds one text here and another there."""


def other_branch(connection, key, ids=None):
    if ids:
        query = "SELECT id FROM block WHERE id IN (?)"
        found = connection.execute(query, (ids,))
    else:
        query = f"SELECT id FROM block WHERE key != '{key}'"
        found = connection.execute(query)  # AUD410
    return found


def before_the_branches(connection, key, ids=None):
    query = "SELECT id FROM block"
    if ids:
        query += " WHERE id IN (?)"
    else:
        query += f" WHERE key != '{key}'"
    return connection.execute(query)  # AUD410


def behind_it(connection, key):
    query = "SELECT count(*) FROM block"
    count = connection.execute(query).fetchone()
    query = f"SELECT id FROM block WHERE key = '{key}'"
    return count, connection.execute(query)  # AUD410


def replaced(connection, key):
    query = f"SELECT id FROM block WHERE key = '{key}'"
    print(query)
    query = "SELECT id FROM block WHERE key = ?"
    return connection.execute(query, (key,))


def maybe_replaced(connection, key, bound):
    query = f"SELECT id FROM block WHERE key = '{key}'"
    if bound:
        query = "SELECT id FROM block WHERE key = 'a'"
    return connection.execute(query)  # AUD410


def next_turn(connection, keys, name):
    query = "SELECT id FROM block WHERE key = ?"
    for key in keys:
        connection.execute(query, (key,))  # AUD410
        query = f"SELECT id FROM block WHERE name = '{name}' AND key = ?"


def each_turn(connection, keys, name):
    for key in keys:
        query = "SELECT id FROM block WHERE key = ?"
        connection.execute(query, (key,))
        query = f"SELECT id FROM block WHERE name = '{name}'"
        connection.execute(query)  # AUD410


async def _migrate_rows(connection, source: str):
    return await connection.fetch(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{source}'")
