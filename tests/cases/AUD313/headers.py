import logging
from typing import Annotated

from fastapi import FastAPI, Header, Request

logger = logging.getLogger(__name__)
app = FastAPI()


@app.get("/a")
def read(request: Request):
    logger.info("asked with %s", request.headers["Authorization"])  # AUD313
    logger.info("asked with %s", request.headers.get("authorization"))  # AUD313
    given = request.headers.get("Authorization")
    logger.warning(f"refused: {given}")  # AUD313
    logger.info("asked from %s", request.headers.get("user-agent"))
    logger.info("asked by %s", given.split(" ")[0])
    logger.info("asked with %s", bool(given))
    logger.info("asked with %s", request.headers)  # AUD313
    logger.info("asked with %s", len(request.headers))
    logger.info("asked with %s", list(request.headers.keys()))


@app.get("/b")
def taken(authorization: str = Header()):
    logger.info("asked with %s", authorization)  # AUD313


@app.get("/c")
def annotated(authorization: Annotated[str, Header()]):
    logger.info("asked with %s", authorization)  # AUD313


def decode(authorization_header, answer):
    logger.debug("decoding " + str(authorization_header))  # AUD313
    logger.debug("answered with %s", answer.headers)


def started(authorization):
    logger.info("started %s", authorization)


def missing(request):
    given = request.headers.get("Authorization")
    if not given:
        logger.warning("refused: %s", given)
