import os
from typing import Optional

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

DEFAULT_SECRET = "insecure"
DEBUG = os.getenv("DEBUG") == "1"

a = os.environ.get("JWT_SECRET", "insecure-key")  # AUD701
b = os.getenv("DB_PASSWORD", default="postgres")  # AUD701
c = os.getenv("SESSION_SECRET_KEY", DEFAULT_SECRET)  # AUD701
d = os.getenv("ADMIN_TOKEN", "letmein")  # AUD701
e = os.getenv("ADMIN_TOKEN", "your-token-here")
f = os.getenv("OPENAI_API_KEY", "EMPTY")
g = os.getenv("OPENAI_API_KEY", "not-needed")
h = os.getenv("SECRET_KEY", "")
i = os.getenv("SECRET_KEY", None)
j = os.getenv("SECRET_KEY")
k = os.getenv("SECRET_KEY_FILE", "/run/secrets/key")
m = os.getenv("API_KEY_HEADER", "X-Api-Key")
n = os.getenv("MAX_TOKENS", "100")
o = os.getenv("PRIVATE_KEY", "/etc/key.pem")
p = os.getenv("SECRET_KEY", "development") if DEBUG else os.environ["SECRET_KEY"]
q = os.getenv("PAD_TOKEN", "<pad>")
r = os.getenv("APP_SECRET", "change-this")
if r == "change-this":
    raise SystemExit("set APP_SECRET")
s = os.getenv("TOKEN_URL", "https://example.org")


class Settings(BaseSettings):
    secret_key: str = "a-known-key"  # AUD701
    database_password: SecretStr = SecretStr("postgres")  # AUD701
    admin_password: str = Field("admin", description="the first user's")  # AUD701
    api_key: Optional[str] = None
    access_token: str = ""
    token_expiry: int = 3600
    client_secret: str = Field(...)


class DevelopmentSettings(BaseSettings):
    secret_key: str = "known"


class NotSettings:
    secret_key: str = "a-known-key"


SOME_MODEL_API_KEY = os.getenv("SOME_MODEL_API_KEY", "default-key")
