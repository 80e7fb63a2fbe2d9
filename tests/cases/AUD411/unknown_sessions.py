from cassandra.cluster import Cluster

from app.database import get_session


def of_another_kind():
    session = Cluster().connect()
    session.execute("SELECT 1")


def of_nobody_knows(session):
    session.execute("SELECT 1")


def of_elsewhere():
    with get_session() as session:
        session.execute("SELECT 1")
