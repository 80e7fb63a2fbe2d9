import logging

logger = logging.getLogger(__name__)


def applies(settings):
    logger.info("applying")
    try:
        settings.apply()
    except Exception as error:
        # logging might not be set up yet
        print(f"not applied: {error}")


def cleans(settings):
    try:
        settings.clean()
    except Exception as error:
        # the rest goes on
        print(f"not cleaned: {error}")  # AUD309


def starts(check, run):
    try:
        settings = check()
    except ValueError as error:
        print(error)
        return 1
    return run(settings)


def generates(model):
    try:
        return model.generate()
    except Exception as error:
        logger.exception("not generated")
        print(f"not generated: {error}")
        return None
