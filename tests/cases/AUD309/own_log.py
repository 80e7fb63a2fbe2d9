"""The module that makes the log prints what it cannot write there."""

import logging


def open_log(path):
    log = logging.getLogger("runs")
    log.addHandler(logging.FileHandler(path))
    log.info("opened")
    return log


def note(path, message):
    try:
        with open(path, "a") as file:
            file.write(message)
    except Exception as error:
        print(f"{path} cannot be written: {error}")
