import argparse
import json
import logging
from dataclasses import asdict, dataclass, field
from pprint import pformat

import uvicorn
from fastapi import FastAPI, Request
from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings

logger = logging.getLogger(__name__)
app = FastAPI()


class Store(BaseModel):
    bucket: str = ""
    secret_access_key: str = ""


class Settings(BaseSettings):
    port: int = 8000
    store: Store = Store()


class HidingSettings(BaseSettings):
    api_key: SecretStr
    password: str = Field(default="", repr=False)
    token_url: str = ""
    access_key: str = ""
    database_url: str = "sqlite://"


class OwnText(BaseSettings):
    api_key: str = ""

    def __str__(self) -> str:
        return "settings"


class SignIn(BaseModel):
    user: str
    password: str | None = None


@dataclass
class Account:
    name: str
    api_key: str = ""


@dataclass
class QuietAccount:
    name: str
    api_key: str = field(default="", repr=False)


class PlainAccount:
    api_key: str = ""


settings = Settings()


@app.post("/sign-in")
def sign_in(body: SignIn, request: Request):
    logger.info("sign-in %s", body)  # AUD313
    logger.info(f"sign-in {body!r}")  # AUD313
    logger.debug("sign-in " + str(body.model_dump()))  # AUD313
    logger.debug("headers %s", dict(request.headers))  # AUD313
    logger.debug("headers %s", request.headers)  # AUD313
    logger.debug("language %s", request.headers.get("accept-language"))
    logger.debug("names %s", list(request.headers))
    logger.debug("sign-in %s", body.user)
    logger.debug("sign-in %s", body.model_dump(exclude={"password"}))
    return {}


def start(account: Account, quiet: QuietAccount, plain: PlainAccount, hiding: HidingSettings, own: OwnText):
    logger.info("settings %s", settings.model_dump_json(indent=2))  # AUD313
    logger.info("settings\n%s", json.dumps(settings.model_dump(), indent=2))  # AUD313
    logger.info("account %s", pformat(asdict(account)))  # AUD313
    logger.info("account %s", vars(account))  # AUD313
    logger.info("port %s", settings.port)
    logger.info("account %s %s %s %s", quiet, plain, hiding, own)
    logger.info("account %s", account.name)
    logger.info("fields %s", redacted(settings))


def redacted(given):
    return sorted(type(given).model_fields)


def serve():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--api-key", default="")
    parser.add_argument("--password-file")
    args = parser.parse_args()
    logger.info("args: %s", args)  # AUD313
    logger.info("args: %s", args.port)
    uvicorn.run(app, port=args.port)


@app.post("/webhook")
def told(request: Request):
    logger.info("told with %s", request.headers)
    return {}


@app.post("/orders")
def order(request: Request):
    if "Authorization" not in request.headers:
        logger.warning("authorization is missing: %s", request.headers)
    return {}
