"""Defaults that the settings themselves look at."""

import os

from pydantic import model_validator
from pydantic_settings import BaseSettings

DEFAULT_ADMIN_PASSWORD = "changethis"


class Checked(BaseSettings):
    admin_password: str = DEFAULT_ADMIN_PASSWORD
    secret_key: str = "changethis"

    @model_validator(mode="after")
    def known_secrets(self):
        check("admin_password", self.admin_password, DEFAULT_ADMIN_PASSWORD)
        if self.secret_key == "changethis":
            raise ValueError("secret_key")
        return self


class Unchecked(BaseSettings):
    admin_password: str = "letmein-please"  # AUD701

    def shown(self):
        return self.admin_password == ""


UNSAFE_KEY = "change-me-in-production"
UNSAFE_KEYS = {UNSAFE_KEY, "", "secret"}
CHECKED_SECRET_KEY = os.getenv("CHECKED_SECRET_KEY", UNSAFE_KEY)
if CHECKED_SECRET_KEY in UNSAFE_KEYS:
    raise SystemExit("set CHECKED_SECRET_KEY")
