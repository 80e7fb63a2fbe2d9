import logging

import requests
from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)


def list_users(session):
    users = []
    try:
        users = session.query("users").all()
    except Exception as error:
        logger.error("no users: %s", error)
    return users  # AUD315


def list_owners(session):
    found = {}
    try:
        rows = session.query("owners").all()
    except Exception as error:
        logger.error("no owners: %s", error)
        return found  # AUD315
    for row in rows:
        found[row.id] = row
    return found


def list_kept(session, users):
    try:
        users = session.query("users").all()
    except Exception as error:
        logger.error("no users: %s", error)
    return users


def list_defaults(session):
    users = ["root"]
    try:
        users = session.query("users").all()
    except Exception as error:
        logger.error("no users: %s", error)
    return users


def find_user(session, number):
    user = None
    try:
        user = session.query("users").filter_by(number=number).first()
    except Exception as error:
        logger.error("no user: %s", error)
    finally:
        session.close()
    return user  # AUD315


def find_name(session, number):
    name = None
    try:
        name = session.query("users").filter_by(number=number).one().name
    except Exception as error:
        logger.error("no user: %s", error)
    return name


def get_owner(session, number):
    try:
        owner = session.query("owners").filter_by(number=number).first()
        return owner
    except Exception as error:
        logger.error("no owner: %s", error)
        return None  # AUD315


def get_page(session):
    try:
        total = session.query("users").count()
        return {"total": total, "items": session.query("users").all()}
    except Exception as error:
        logger.error("no page: %s", error)
        return {"total": 0, "items": []}  # AUD315


def get_result(session):
    try:
        return {"total": session.query("users").count(), "error": None}
    except Exception as error:
        logger.error("no page: %s", error)
        return {"total": 0, "error": "failed"}


def get_orders(session):
    try:
        return session.query("orders").all()
    except SQLAlchemyError as error:
        logger.error("no orders: %s", error)
        return []  # AUD315


def get_weather(city):
    try:
        return requests.get(f"https://weather.example/{city}", timeout=5).json()["days"]
    except requests.Timeout as error:
        logger.error("no weather: %s", error)
        return []


def get_prices(session):
    try:
        return session.query("prices").all()
    except SQLAlchemyError as error:
        logger.error("no prices: %s", error)
        return []
    except Exception as error:
        logger.error("no prices at all: %s", error)
        return []  # AUD315


def get_rates(session):
    try:
        return session.query("rates").all()
    except (OSError, SQLAlchemyError) as error:
        logger.error("no rates: %s", error)
        return []


def scan_orders(session):
    closed = []
    try:
        for order in session.query("orders").all():
            order.close()
            closed.append(order)
        session.commit()
    except Exception as error:
        logger.error("not closed: %s", error)
    return closed
