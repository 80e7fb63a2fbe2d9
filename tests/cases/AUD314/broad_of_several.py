def add(connection, name):
    try:
        connection.execute("insert into users values (?)", (name,))
    except Exception as error:
        if "UNIQUE constraint failed" in str(error) or "duplicate key" in str(error):
            return False
        raise


def read(client, key):
    try:
        return client.read(key)
    except Exception as error:
        if "NoSuchKey" in str(error):
            return None
        raise
