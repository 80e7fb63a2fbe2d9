"""A wrapper whose token is a prefix of its lines."""

import datetime


class Lines:
    def __init__(self, logger, token=None):
        self.logger = logger
        if token is None:
            self.token = f"<{datetime.datetime.now().isoformat('/')}>"
        else:
            self.token = token

    def info(self, text):
        self.logger.info(self.token + " " + text)


class Client:
    def __init__(self, logger, token):
        self.logger = logger
        self.token = token

    def start(self):
        self.logger.info("starting with " + self.token)  # AUD313
