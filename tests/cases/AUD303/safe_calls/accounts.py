import logging

from mail import send, send_and_raise, send_at_once, send_or_tell

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


def welcome_recorded(address):
    try:
        result = send_or_tell(address, "welcome")
    except Exception as error:
        logger.error("no mail: %s", error)
    else:
        return result


def welcome_raising(address):
    try:
        send_and_raise(address, "welcome")
    except Exception as error:
        logger.error("no mail: %s", error)  # AUD303


class Accounts:
    def _request(self, client):
        try:
            return client.request()
        except Exception:
            logger.exception("no answer")
            raise

    def refresh(self, client):
        try:
            answer = self._request(client)
        except Exception as error:
            logger.error("not refreshed: %s", error)
        else:
            return answer
