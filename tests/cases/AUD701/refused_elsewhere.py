# file: shop/__init__.py
# file: shop/settings.py
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    secret_key: str = "change-me-at-once"
    jwt_secret: str = "let-me-in-1"  # AUD701


settings = Settings()
# file: shop/__main__.py
from shop.settings import settings

SHIPPED = "change-me-at-once"


def check(secret: str) -> None:
    if secret == SHIPPED:
        raise SystemExit("set SECRET_KEY")


check(settings.secret_key)
sign(settings.jwt_secret)
