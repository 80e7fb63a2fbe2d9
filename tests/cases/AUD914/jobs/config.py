"""Settings that are empty unless somebody sets them."""

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """What the program reads from the environment."""

    sync_url: str | None = None
    mail_server: str = ""
    mirror: str = Field(default="https://mirror.example.org")
    is_reporting: bool = False
    key: str


settings = Settings()
