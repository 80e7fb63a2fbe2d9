"""Prints where there is no logger, where somebody has asked for them, and in what is the log itself."""

import logging

from fastapi import APIRouter

logger = logging.getLogger(__name__)
router = APIRouter()


class Receiver:
    def receive(self, packet):
        try:
            self.open(packet)
        except ValueError as error:
            if hasattr(self, "log"):
                self.log(error)
            else:
                print("not opened:", error)

    def close(self, packet):
        try:
            packet.close()
        except ValueError as error:
            print("not closed:", error)  # AUD309

    def log_event(self, text):
        try:
            logger.info(text)
        except Exception as error:
            print("not logged:", error)


@router.get("/evaluations")
def evaluate(settings, source):
    if settings.LOG_ON_CONSOLE:
        print(source)
    print("evaluated")  # AUD309
    return source
