import logging

import requests

logger = logging.getLogger(__name__)


def get_details(entry):
    try:
        requests.get("https://store.example", timeout=5)
    except Exception:
        logger.warning("the store does not answer")
        return
    entry["store"] = True


def get_text(name):
    try:
        answer = requests.get("https://store.example", params={"name": name}, timeout=5)
    except Exception:
        logger.warning("the store does not answer")
        return  # AUD315
    if answer.status_code == 404:
        return None
    return answer.text


def get_settings(name):
    try:
        answer = requests.get("https://store.example", params={"name": name}, timeout=5)
        return answer.json() or {}
    except Exception:
        logger.error("no settings of %s", name)
        # The one before swallowed it too: the caller's own settings hold.
        return {}


def get_revision(job):
    try:
        answer = requests.get("https://builds.example", params={"job": job}, timeout=5)
        found = answer.json()["results"]
        if found:
            return found[0]
    except Exception:
        logger.exception("no revision of %s", job)
    return None  # AUD315


def get_first_revision(job):
    try:
        answer = requests.get("https://builds.example", params={"job": job}, timeout=5)
        return answer.json()["results"][0]
    except Exception:
        logger.exception("no revision of %s", job)
    return None


def get_revision_at_last(client, job, attempts):
    for attempt in range(attempts):
        try:
            return client.get("/builds", params={"job": job})["revision"]
        except Exception as error:
            if attempt == attempts - 1:
                logger.warning("no revision: %s", error)
                return None
    return None


def get_balance(client, Decimal):
    try:
        return Decimal(client.get_balance("EUR"))
    except Exception as error:
        logger.error("no balance: %s", error)
        return Decimal("0")  # AUD315


class AnswersCache:
    def get(self, client, question):
        try:
            return client.get(question)
        except Exception as error:
            logger.error("no answer: %s", error)
            return None


def get_attributes(store, number):
    """
    Return the attributes of a page; empty for an unknown one, or a store
    that failed.
    """
    try:
        return store.get(number)
    except Exception as error:
        logger.warning("no attributes: %s", error)
        return {}


def get_rows(session, url):
    try:
        answer = session.get(url)
        if answer.status == 200:
            return answer.json().get("rows", [])
        return None
    except Exception as error:
        logger.error("no rows: %s", error)
        return None


def get_customer_token(client):
    if client is None:
        logger.warning("the client is not set up")
        return None
    try:
        return client.post("/token").json()["token"]
    except Exception as error:
        logger.error("failed: %s", error)
        return None


def get_contract(client, number):
    try:
        answer = client.get(number)
        if answer.status == 404:
            logger.warning("contract %s not found", number)
            return None
        return answer
    except Exception as error:
        logger.error("failed: %s", error)
        return None  # AUD315


def search_words(connection, words, Locked):
    try:
        return connection.execute("select * from words", words).fetchall()
    except Locked:
        logger.debug("the search degrades to that by vectors")
        return []
    except Exception as error:
        logger.warning("failed: %s", error)
        return []


def fetch_feed(session, feed):
    try:
        return len(session.get(feed.url).json())
    except Exception as error:
        logger.error("no feed: %s", error)
        feed.last_error = str(error)
        return 0


def get_or_create_address(session, address):
    try:
        return session.query("addresses").filter_by(address=address).first()
    except Exception as error:
        logger.error("no address: %s", error)
        return None


def list_users(chat_client):
    try:
        return chat_client.users.list()
    except Exception as error:
        logger.error("no users: %s", error)
        return []  # AUD315


def get_report(connection):
    try:
        return connection.execute("select * from reports").fetchone()
    except Exception as error:  # a failure degrades to none
        logger.warning("no report: %s", error)
        return None


def get_access_token(session):
    try:
        return session.post("/token").json().get("access_token", "")
    except Exception as error:
        logger.error("no token: %s", error)
        return None


def get_details(session, number):
    try:
        answer = session.get(f"/orders/{number}").json()
        return answer["more"] | {"name": answer["name"]}
    except Exception as error:
        logger.warning("no details: %s", error)
        return {}


def get_prices(session, number):
    try:
        return session.get(f"/orders/{number}").json()["prices"]
    except Exception as error:
        logger.warning("no prices: %s", error)
        return {}  # AUD315


def get_page(session, number):
    """The page's texts; empty when the page can't be read"""
    try:
        return session.get(f"/pages/{number}").json()["texts"]
    except Exception as error:
        logger.warning("no page: %s", error)
        return {}


def read_token(session):
    """Gives the token of the store, or None if absent or unreadable."""
    try:
        return session.get("/token").json().get("token")
    except Exception as error:
        logger.warning("no token: %s", error)
        return None
