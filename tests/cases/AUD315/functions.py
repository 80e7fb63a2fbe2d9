import logging

import requests

logger = logging.getLogger(__name__)


def get_orders(db):
    try:
        return db.query("orders").all()
    except Exception as error:
        logger.error("failed: %s", error)
        return []  # AUD315


def fetch_rates():
    try:
        return requests.get("https://example.com/rates").json()
    except Exception:
        logger.exception("failed")
        return {}  # AUD315


def count_orders(session):
    try:
        return session.query("orders").count()
    except Exception:
        logger.exception("failed")
        return 0  # AUD315


def get_order(session, number):
    try:
        return session.query("orders").filter_by(number=number).first()
    except Exception:
        logger.exception("failed")
        return None  # AUD315


def get_total(session):
    try:
        rows = session.query("orders").all()
        return sum(rows)
    except Exception:
        logger.exception("failed")
        return None


def list_expected(db):
    try:
        return db.query("orders").all()
    except ConnectionError:
        logger.exception("failed")
        return []


def list_promised(db):
    """Return the orders, or an empty list if the database is unavailable."""
    try:
        return db.query("orders").all()
    except Exception:
        logger.exception("failed")
        return []


def list_unlogged(db):
    try:
        return db.query("orders").all()
    except Exception:
        return []


def build_list(parts):
    try:
        return [part.value for part in parts]
    except Exception:
        logger.exception("failed")
        return []


def save_orders(session, orders):
    try:
        session.execute(orders)
        return orders
    except Exception:
        logger.exception("failed")
        return []


def list_another(db):
    try:
        return db.query("orders").all()
    except Exception:
        logger.exception("failed")
        return ["failed"]


def get_stream(client, key):
    try:
        answer = client.get_object(key)
        return answer["Body"], answer["Type"], answer
    except Exception:
        logger.exception("failed")
        return None, None, {}


def get_picture(client, key):
    try:
        answer = client.get_object(key)
        if not answer:
            return None, None
        return answer["Body"], answer["Type"]
    except Exception:
        logger.exception("failed")
        return None, None  # AUD315


def get_orders_if_wanted(client, go_on):
    try:
        return client.get("orders")
    except Exception as error:
        if go_on:
            logger.warning("no orders: %s", error)
            return None
        raise


def get_tables(connection, Closed):
    try:
        return connection.execute("show tables").fetchall()
    except Exception as error:
        logger.exception("no tables")
        if isinstance(error, Closed):
            return []
        return ["failed"]


def load_cache(store, key):
    try:
        if not store.get(key):
            return None
        return store.get(key)
    except Exception:
        logger.warning("cache is left out")
        return None


def get_client_token(client, name, secret):
    try:
        if not secret:
            logger.error("there is no secret for %s", name)
            return None
        answer = client.query(name, secret)
        return answer
    except Exception as error:
        logger.error("no token: %s", error)
        return None


def get_customer_or_nothing(client, number):
    try:
        rows = client.query(number)
        if not rows:
            logger.info("there is no customer %s", number)
            return None
        return rows[0]
    except Exception as error:
        logger.error("no customer: %s", error)
        return None  # AUD315


def get_examples(client, question):
    try:
        return client.get("/examples", params={"question": question})["examples"]
    except Exception:
        logger.warning("Answering without using the examples.")
        return []


def get_rates(client):
    try:
        return client.get("/rates", params={"of": "today"})["rates"]
    except Exception:
        logger.warning("no rates, falling back to the ones of the contract")
        return []


def get_rates_of(client, day):
    try:
        return client.get("/rates", params={"of": day})["rates"]
    except Exception:
        logger.warning("no rates without the server")
        return []  # AUD315


def get_model(client, name):
    try:
        if not client.key:
            return None
        models = client.query(name)
        if name in models:
            return models[name]
        return {"found": False, "others": list(models)}
    except Exception as error:
        logger.warning("no model: %s", error)
        return None
