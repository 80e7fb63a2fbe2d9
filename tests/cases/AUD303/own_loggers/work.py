from console import FullLogger, Logger, OpenLogger, StaticLogger

logger = Logger("work")
full_logger = FullLogger("work")
open_logger = OpenLogger()


def plain(load):
    try:
        load()
    except Exception as error:
        logger.error(f"not loaded: {error}")  # AUD303


def static(load):
    try:
        load()
    except Exception as error:
        StaticLogger.error(f"not loaded: {error}")  # AUD303


def full(load):
    try:
        load()
    except Exception as error:
        full_logger.error(f"not loaded: {error}")  # AUD303


def takes_more(load):
    try:
        load()
    except Exception as error:
        open_logger.error(f"not loaded: {error}")  # AUD303
