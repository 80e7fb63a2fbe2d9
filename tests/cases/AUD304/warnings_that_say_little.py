import logging
import traceback

log = logging.getLogger(__name__)


def refresh(load):
    try:
        load()
    except Exception as error:
        log.warning("refresh failed (%s)", type(error).__name__)
        log.debug("refresh failed", exc_info=True)  # AUD304


def refresh_all(loads):
    for load in loads:
        try:
            load()
        except Exception:
            log.warning(f"{load} failed")
            log.debug(traceback.format_exc())  # AUD304


def with_its_text(load):
    try:
        load()
    except Exception as error:
        log.warning("refresh failed: %s", error)
        log.debug("refresh failed", exc_info=True)


def with_a_text_made_of_it(load):
    try:
        load()
    except Exception as error:
        reason = f"{error!r}"
        log.warning("refresh failed: %s", reason)
        log.debug("refresh failed", exc_info=True)


def with_a_text_from_elsewhere(load, message):
    try:
        load()
    except Exception:
        log.warning(message)
        log.debug("refresh failed", exc_info=True)


def tries_again(load):
    while True:
        try:
            return load()
        except Exception:
            log.warning("loading failed, retrying")
            log.debug("loading failed", exc_info=True)


def says_where(load):
    try:
        load()
    except Exception:
        log.warning("refresh failed, set the level to debug for its traceback")
        log.debug("refresh failed", exc_info=True)


def of_one_class(load):
    try:
        load()
    except ValueError:
        log.warning("refresh failed")
        log.debug("refresh failed", exc_info=True)
