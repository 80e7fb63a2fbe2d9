import logging

logger = logging.getLogger(__name__)


def whole(load):
    try:
        load()
    except Exception as error:
        logger.error("not loaded: %s", error)  # AUD303


def class_alone(load):
    try:
        load()
    except Exception as error:
        logger.error("not loaded: %s", type(error).__name__)  # AUD303


def beside_a_secret(connect, api_token):
    try:
        connect(api_token)
    except Exception as error:
        logger.error("not connected: %s", type(error).__name__)


def says_why(connect):
    """The error's text may hold the password of the address."""
    try:
        connect()
    except Exception as error:
        logger.error("not connected: %s", type(error).__name__)


def waived(load):
    try:
        load()
    except Exception as error:
        logger.error("not loaded: %s", error)  # noqa: TRY400


def waived_otherwise(load):
    try:
        load()
    except Exception as error:
        logger.error("not loaded: %s", error)  # noqa: E501  # AUD303
