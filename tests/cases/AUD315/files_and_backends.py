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
