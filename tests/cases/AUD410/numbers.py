"""Formats that let nothing but a number in."""


def delete(cursor, number, name):
    cursor.execute(f"DELETE FROM measure WHERE set_number = {number:d}")
    cursor.execute(f"DELETE FROM measure WHERE set_number = {number:>10}")  # AUD410
    cursor.execute(f"DELETE FROM measure WHERE weight > {number:.2f}")
    cursor.execute(f"DELETE FROM measure WHERE name = '{name}'")  # AUD410


def lock(cursor, table, number):
    cursor.execute(f"INSERT INTO {table} VALUES (?) ON CONFLICT DO UPDATE SET hash = {table}.hash", (number,))


def first_rows(cursor, rownum, name):
    cursor.execute(f"SELECT id FROM job WHERE rownum <= {rownum}")
    cursor.execute(f"SELECT id FROM job WHERE name = '{name}'")  # AUD410
