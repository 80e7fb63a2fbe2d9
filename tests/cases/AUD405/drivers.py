import pymssql
import snowflake.connector
from pyhive import hive


def probes(settings):
    try:
        connection = hive.connect(host=settings.host)  # AUD405
        cursor = connection.cursor()
        cursor.execute("SHOW TABLES")
        connection.close()
        return True
    except Exception:
        return False


def counts(settings):
    connection = snowflake.connector.connect(account=settings.account)  # AUD405
    found = connection.cursor().execute("SELECT count(*) FROM orders").fetchone()
    connection.close()
    return found


def closes(settings):
    with pymssql.connect(settings.host) as connection:
        return connection.cursor().fetchall()
