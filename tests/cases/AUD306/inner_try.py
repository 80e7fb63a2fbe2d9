import logging

logger = logging.getLogger(__name__)


def describes(ask, describe, answer):
    try:
        try:
            limits = ask()
        except Exception:
            logger.warning("nobody answers")
            return
        if answer:
            package = answer["package"]
        else:
            return
        found = describe(package, limits)
    except Exception:
        found = {"package": package}
    return found


def describes_loudly(ask, describe, answer):
    try:
        try:
            limits = ask()
        except Exception:
            logger.warning("nobody answers")
            raise
        package = answer["package"]
        found = describe(package, limits)
    except Exception:
        found = {"package": package}  # AUD306
    return found
