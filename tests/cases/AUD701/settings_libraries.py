import environ
from decouple import config
from environs import Env
from starlette.config import Config

env = Env()
django_env = environ.Env()
starlette_config = Config(".env")

A = env("SECRET_KEY", "v8sk33sy82")  # AUD701
B = env.str("DB_PASSWORD", default="app")  # AUD701
C = django_env("SECRET_KEY", default="v8sk33sy82")  # AUD701
D = config("SECRET_KEY", default="v8sk33sy82")  # AUD701
E = starlette_config("JWT_SECRET", cast=str, default="v8sk33sy82")  # AUD701
F = env("SECRET_KEY")
G = env.str("SECRET_KEY", default="")
H = config("SECRET_KEY", default=None)
I = env("PAGE_SIZE", "20")
J = env.int("SECRET_KEY", default="1")


def other(env):
    return env("SECRET_KEY", "v8sk33sy82")
