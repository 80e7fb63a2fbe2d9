"""Snapshots of sessions.

All functions are best-effort: any failure is logged, never raised.
"""

import logging

logger = logging.getLogger(__name__)


def load_snapshot(db, number):
    try:
        return db.query("snapshots").get(number)
    except Exception:
        logger.exception("no snapshot %d", number)
        return None


def get_orders(db):
    try:
        return db.query("orders").all()
    except Exception as error:
        logger.error("failed: %s", error)
        return []
