"""The forms in which a URL is put together, and the passwords that cannot break it."""

import logging
import os
import secrets
from urllib.parse import quote, quote_plus, urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings

logger = logging.getLogger(__name__)
DB_PASSWORD = os.getenv("DB_PASSWORD", "postgres")
FIXED_PASSWORD = "postgres"


class Settings(BaseSettings):
    db_user: str = "shop"
    db_password: SecretStr
    mq_password: str = "guest"

    @property
    def database(self):
        return f"postgresql+asyncpg://{self.db_user}:{self.db_password.get_secret_value()}@db/shop"  # AUD708

    @property
    def broker(self):
        return "amqp://" + self.db_user + ":" + self.mq_password + "@mq:5672//"  # AUD708


class Store:
    def __init__(self, user, password):
        self.user = user
        self.password = quote_plus(password)

    def address(self):
        return f"mongodb://{self.user}:{self.password}@db"


def of_environment(scheme, user):
    return f"{scheme}://{user}:{os.environ['DB_PASS']}@db:5432/shop"  # AUD708


def of_driver(driver, user, host):
    return f"postgresql+{driver}://{user}:{DB_PASSWORD}@{host}"  # AUD708


def of_format(user, pwd, host):
    return "redis://{}:{}@{}:6379/0".format(user, pwd, host)  # AUD708


def of_parameter(user, host, password="shop"):
    return f"redis://{user}:{password}@{host}/0"  # AUD708


def of_names(user, host, config):
    return "redis://{user}:{password}@{host}/0".format(user=user, password=config["password"], host=host)  # AUD708


def of_unknown(values):
    return "redis://{user}:{password}@{host}/0".format(**values)


def quoted(user, password, host):
    return f"redis://{user}:{quote(password, safe='')}@{host}/0"


def quoted_before(user, password, host):
    password = quote(password, safe="")
    return f"redis://{user}:{password}@{host}/0"


def replaced(user, password, host):
    return f"redis://{user}:{password.replace('@', '%40')}@{host}/0"


def encoded(user, encoded_password, host):
    return f"redis://{user}:{encoded_password}@{host}/0"


def of_url(url, host):
    parts = urlsplit(url)
    return f"redis://{parts.username}:{parts.password}@{host}/0"


def of_match(found, host):
    user, password = found.groups()
    return f"redis://{user}:{password}@{host}/0"


def made_up(user, host):
    password = secrets.token_urlsafe(16)
    return f"redis://{user}:{password}@{host}/0"


def fixed(user, host):
    return f"redis://{user}:{FIXED_PASSWORD}@{host}/0"


def token(user, token, host):
    return f"https://{user}:{token}@{host}/repository.git"


def shown(user, password, host):
    logger.info(f"redis://{user}:{password}@{host}/0")
    print(f"redis://{user}:{password}@{host}/0")
    if not host:
        raise ValueError(f"redis://{user}:{password}@{host}/0")


def template(user, password):
    return f"""DATABASE_URL=1
postgresql://{user}:{password}@db/shop
"""


def without_password(user, host):
    return f"postgresql://{user}@{host}/shop"


def of_several(user, password, host):
    return {
        "mysql": f"mysql://{user}:{password}@{host}",  # AUD708
        "postgresql": f"postgresql://{user}:{password}@{host}",
    }
