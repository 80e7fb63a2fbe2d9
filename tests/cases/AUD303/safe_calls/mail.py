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
