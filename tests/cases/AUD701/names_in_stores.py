"""A name under which a store keeps the secret, and a secret."""

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    signing_key_secret: str = Field(default="shop-ledger-signing-key")
    session_secret: str = Field(default="shop-session")  # AUD701


# What marks a line is no secret.
FINAL_TOKEN = os.getenv("FINAL_TOKEN", "vote:")
