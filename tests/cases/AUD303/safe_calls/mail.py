import logging
import smtplib

logger = logging.getLogger(__name__)


def send(address, text):
    try:
        with smtplib.SMTP("localhost", timeout=5) as server:
            server.sendmail("app@example.com", address, text)
    except Exception:
        logger.exception("not sent")


def send_at_once(address, text):
    with smtplib.SMTP("localhost", timeout=5) as server:
        server.sendmail("app@example.com", address, text)


def send_or_tell(address, text):
    url = f"smtp://{address}"
    try:
        with smtplib.SMTP("localhost", timeout=5) as server:
            server.sendmail("app@example.com", url, text)
    except TimeoutError:
        raise ValueError("the server is slow")
    except Exception as error:
        logger.error("not sent", exc_info=True)
        raise RuntimeError("not sent") from error


def send_and_raise(address, text):
    try:
        with smtplib.SMTP("localhost", timeout=5) as server:
            server.sendmail("app@example.com", address, text)
    except Exception as error:
        logger.error("not sent")
        raise RuntimeError("not sent") from error
