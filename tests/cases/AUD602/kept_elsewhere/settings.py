import os

from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    origins: str = "*"
    named: str = "https://app.example"


settings = Settings()
ORIGINS = os.getenv("CORS_ORIGINS", "*").split(",")
NAMED = os.getenv("CORS_ORIGINS", "https://app.example").split(",")
