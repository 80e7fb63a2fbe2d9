import json
import logging
from pathlib import Path

logger = logging.getLogger(__name__)
ORDERS = Path("state/orders.json")
LABELS = Path("state/labels.json")


def load_orders():
    try:
        if ORDERS.exists():
            with open(ORDERS) as file:
                return json.load(file)
    except Exception as error:
        logger.error("no orders: %s", error)

    return []  # AUD315


def save_orders(orders):
    ORDERS.write_text(json.dumps(orders))


def load_labels():
    try:
        with open(LABELS) as file:
            return json.load(file)
    except Exception as error:
        logger.error("no labels: %s", error)
        return []


class Jobs:
    def __init__(self, backend):
        self.backend = backend

    async def list_jobs(self):
        try:
            return await self.backend.list_by_state("pending")
        except NotImplementedError:
            logger.warning("the backend lists no states")
            return []
        except Exception as error:
            logger.error("no jobs: %s", error)
            return []  # AUD315


class Catalogue:
    def list_entries(self):
        try:
            return [dict(row) for row in self._get_entry_service().list_rows()]
        except Exception as error:
            logger.warning("no catalogue: %s", error)
            return []  # AUD315

    def list_names(self):
        try:
            return [str(name) for name in self._get_words().list_names()]
        except Exception as error:
            logger.warning("no names: %s", error)
            return []
