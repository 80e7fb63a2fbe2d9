import logging

from mail import send, send_at_once

logger = logging.getLogger(__name__)


def welcome(address):
    try:
        send(address, "welcome")
    except Exception as error:
        logger.error("no mail: %s", error)


def welcome_at_once(address):
    try:
        send_at_once(address, "welcome")
    except Exception as error:
        logger.error("no mail: %s", error)  # AUD303
