import logging
from urllib.parse import urlparse

from pydantic import SecretStr

logger = logging.getLogger(__name__)


def log_access(token: SecretStr, host: str) -> None:
    value = token.get_secret_value()
    logger.info("the dashboard on %s is open for %s", host, value)  # AUD313


def log_length(token: SecretStr) -> None:
    value = token.get_secret_value()
    logger.info("a token of %d characters", len(value))


def log_ending(token: SecretStr) -> None:
    value = token.get_secret_value()
    logger.info("the token ends with %s", value[-4:])


def log_setup_token(setup_token: str, reason: str) -> None:
    logger.warning("the setup token (%s): %s", reason, setup_token)


def print_admin_password(admin_password: str) -> None:
    logger.warning("sign in with the password %s", admin_password)


def sign_in(admin_password: str) -> None:
    logger.warning("sign-in with the password %s", admin_password)  # AUD313


class Tokens:
    def __init__(self, settings, session):
        self.settings = settings
        self.session = session

    @property
    def url_token(self):
        return urlparse(self.settings["OAUTH_URL"]).geturl()

    def renew(self):
        answer = self.session.post(self.url_token, auth=self.settings["auth"])
        if answer.status_code != 200:
            raise ValueError(f"no OAuth token from {self.url_token}: {answer.status_code}")
        return answer.json()


def send_password(mail, email: str, admin_password: str, environment: str, settings) -> None:
    if environment == "development":
        logger.warning("the password of %s can be set anew with %s", email, admin_password)
    if settings.debug and email:
        logger.warning("debugging: %s", admin_password)
    if settings.debug:
        mail.send(email)
    else:
        logger.warning("sent %s to %s", admin_password, email)  # AUD313
    if environment in ("staging", "development"):
        logger.warning("sent %s", admin_password)  # AUD313


def configured(config) -> None:
    if not config.secret_key:
        raise ValueError("no key")
    logger.info("the storage is asked as %s", config.access_key)


def given(config) -> None:
    logger.info("the storage is asked with %s", config.access_key)  # AUD313
