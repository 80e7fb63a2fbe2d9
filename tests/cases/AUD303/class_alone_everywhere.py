import logging

logger = logging.getLogger(__name__)


def names_class(load, failures):
    try:
        load()
    except Exception as error:
        text = f"not loaded ({type(error).__name__})"
        logger.error(text)
        failures.append(text)


def asks(load):
    try:
        return load()
    except Exception as error:
        logger.error("nothing loaded (%s)", error.__class__.__name__)
