import os

TEST_DATABASE = "sqlite+aiosqlite:///./test.db"


def address() -> str:
    return os.environ["DATABASE"].replace("+asyncmy", "+pymysql")
