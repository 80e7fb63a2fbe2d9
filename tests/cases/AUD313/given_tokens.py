import logging

from fastapi import APIRouter

logger = logging.getLogger(__name__)
router = APIRouter()


def renew(response):
    token = response["access_token"]
    logger.info("got %s", token)  # AUD313
    return token


def ask(response):
    token = response.json().get("refresh_token")
    logger.info("got %s", token)  # AUD313
    return token


async def make(store):
    token = await store.get_auth_token()
    logger.info("got %s", token)  # AUD313
    return token


def next_piece(reader):
    token = reader.get_next_token()
    logger.info("got %s", token)
    return token


def piece(texts):
    token = texts["word"]
    logger.info("got %s", token)
    return token


def number(texts):
    token = texts[0]
    logger.info("got %s", token)
    return token


@router.get("/me")
def me(access_token: str):
    print(f"asked by {access_token}")  # AUD313
    print("asked")
    return {}


def show(access_token):
    print(f"Your new token: {access_token}")


class Printer:
    def print(self, text):
        return text


@router.get("/you")
def you(access_token: str):
    Printer().print(access_token)
    return {}


def first_start(password, target, url):
    logger.warning("Initial password: %s - copy this NOW, it will not be shown again.", password)
    logger.warning("Initial password: %s", password)  # AUD313
    logger.warning("no such scheme: %s", url[:30] + "..." if len(url) > 30 else url)
    logger.warning("no such key: %s", f"{password[:2]}..." if len(password) > 2 else password)
    logger.warning("no such key: %s", password + "..." if target else password)  # AUD313
