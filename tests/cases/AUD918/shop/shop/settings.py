"""The settings."""

from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    broker_url: str = "redis://localhost/0"
    DEBUG: bool = False


settings = Settings()
