"""Headers that are copied, texts that grow, and keys that are made for nobody to see."""

import logging
import secrets

logger = logging.getLogger(__name__)
session_secret_key = secrets.token_urlsafe(32)
logger.info(f"key: {session_secret_key}")  # AUD313
first_password = secrets.token_urlsafe(16)
logger.info("log in with %s", first_password)


async def shows(request):
    text = "started\n"
    text += f"headers: {dict(request.headers)}\n"
    text += f"path: {request.url.path}\n"
    logger.info(text)  # AUD313


async def shows_other(request, options):
    text = "started\n"
    text += f"headers: {dict(options)} {len(request.headers)}\n"
    logger.info(text)
    text += f"headers: {dict(request.headers)}\n"
    return text


async def of_headers(request):
    logger.debug("headers %s", dict(request.headers))  # AUD313
