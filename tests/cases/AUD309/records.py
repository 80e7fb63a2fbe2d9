"""What makes the records of the log cannot write one."""

import logging

logger = logging.getLogger(__name__)


class Coloured(logging.Formatter):
    def format(self, record):
        line = super().format(record)
        try:
            return self.colours.sub(r"\\1", line)
        except Exception as error:
            print(f"no colours: {error}")
        return line


class Counter:
    def count(self, lines):
        logger.debug("counting")
        try:
            return lines.count()
        except Exception as error:
            print(f"not counted: {error}")  # AUD309
