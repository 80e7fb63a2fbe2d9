import logging

logger = logging.getLogger(__name__)


def get_services_safe(client):
    try:
        return client.list_services()
    except Exception as error:
        logger.warning("no services: %s", error)
        return []


def fetch_owner_or_none(client, number):
    try:
        return client.query(number).first()
    except Exception as error:
        logger.warning("no owner: %s", error)
        return None


def list_paths(client):
    """Give the paths, or an empty list when the store cannot list them."""
    try:
        return client.list_files()
    except Exception as error:
        logger.warning("no paths: %s", error)
        return []


def find_order(client, number):
    """Give the order, or None where it cannot be found."""
    try:
        return client.query(number).first()
    except Exception as error:
        logger.warning("no order: %s", error)
        return None  # AUD315
