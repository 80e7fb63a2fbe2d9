import logging

logger = logging.getLogger(__name__)


class Orders:
    def __init__(self, session):
        self.session = session

    def list_open(self):
        try:
            return self.session.execute("select * from orders").all()
        except Exception:
            logger.exception("not read")
            return []  # AUD315

    def list_closed(self):
        try:
            return self.session.execute("select * from closed_orders").all()
        except Exception:
            logger.exception("not read")
            return []


class Archive(Orders.Base):
    def list_archived(self):
        try:
            return self.session.execute("select * from archived_orders").all()
        except Exception:
            logger.exception("not read")
            return []  # AUD315
