"""What an item of a `with` binds, the items after it read."""


def imports(pool, name, log):
    try:
        with pool.connection() as db, db.transaction():
            db.execute("insert into shard values (%s)", (name,))
    except Exception:
        with pool.connection() as db, db.cursor() as cursor:
            cursor.execute("delete from shard where name = %s", (name,))
        raise


def imports_beside(pool, name, log):
    try:
        db = pool.connect(name)
        db.execute("insert into shard values (%s)", (name,))
    except Exception:
        with db.cursor() as cursor, pool.connection() as db:  # AUD306
            cursor.execute("delete from shard where name = %s", (name,))
        raise
