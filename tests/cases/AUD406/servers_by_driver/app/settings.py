import os


def address() -> str:
    return os.environ["DATABASE"].replace("+asyncmy", "+pymysql").replace("+asyncpg", "+psycopg")
