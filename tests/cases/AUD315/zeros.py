import logging

logger = logging.getLogger(__name__)


class Counts:
    def __init__(self, session):
        self.session = session

    def get_number(self, table):
        try:
            row = self.session.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
            return int(row[0]) if row else 0
        except Exception as error:
            logger.warning("count of %s: %s", table, error)
            return None

    def get_oldest(self, table):
        try:
            row = self.session.execute(f"SELECT MIN(id) FROM {table}").fetchone()
            return row[0] if row else None
        except Exception as error:
            logger.warning("oldest of %s: %s", table, error)
            return None  # AUD315
