import sys

sys.path.insert(0, ".")
from database import connect

connection = connect()
connection.execute("CREATE TABLE shelves (name TEXT)")
connection.commit()
