import json
import logging
import sys

logger = logging.getLogger(__name__)


def serve(answer):
    while True:
        try:
            line = sys.stdin.readline()
            if not line:
                break
            sys.stdout.write(json.dumps(answer(json.loads(line))))
        except Exception:
            logger.exception("request failed")


def follow(connection, answer):
    while True:
        try:
            line = connection.readline()
            answer(json.loads(line))
        except Exception:  # AUD311
            logger.exception("request failed")
