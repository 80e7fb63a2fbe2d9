"""What a program says before it ends is for whoever started it."""

import logging
import sys

logger = logging.getLogger(__name__)


def ready(check):
    try:
        check()
    except Exception as error:
        print(f"the broker does not answer: {error}")
        sys.exit(1)
    logger.info("ready")


def ready_in_words(check):
    try:
        check()
    except Exception as error:
        print(f"the broker does not answer: {error}")
        raise SystemExit(1) from error


def goes_on(check):
    try:
        check()
    except Exception as error:
        print(f"the broker does not answer: {error}")  # AUD309


def in_the_foreground(bot):
    try:
        bot.run()
    except KeyboardInterrupt:
        print("interrupted")
    except SystemExit as end:
        print(f"ended with {end.code}")
