import logging

logger = logging.getLogger(__name__)


def commit_of(found, name, made):
    secret_key = made(name)
    commits = found.get(secret_key, [])
    if not commits:
        logger.warning("no commits for %s", secret_key)
    return commits


def signs(secret_key, sign):
    logger.info("signing with %s", secret_key)  # AUD313
    return sign(secret_key)


def tells_what_to_set(access_token, known):
    if known is None:
        raise LookupError(f'Please set ACME_ACCESS_TOKEN="{access_token}" in the environment')
    raise LookupError(f'nobody knows "{access_token}"')  # AUD313


def begins(access_token, display):
    if display and access_token:
        logger.info("token: %s", access_token)
    logger.info("begun with %s", access_token)  # AUD313


def compares(device, signing_key):
    if device.signing_key != signing_key:
        raise ValueError(f"{device.ed25519} has another key: {signing_key}")


def makes_up(secrets, shutdown_api_key=None):
    if shutdown_api_key is None:
        api_key = secrets.token_urlsafe(32)
        logger.warning("shut down with %s", api_key)
        return api_key
    logger.warning("shut down with %s", shutdown_api_key)  # AUD313
    return shutdown_api_key


def signs_in(session, access_key, secret_key):
    session.auth = (access_key, secret_key)
    logger.debug("signed in as %s", access_key)


def fetches(answer):
    status, id_token = answer()
    if not status and "error" in id_token:
        raise LookupError(f"no token: {id_token}")
    return id_token


MISMATCH_OF_API_KEY = "the key %s... is of another server"


def tells_of_a_mismatch(api_key):
    logger.warning(MISMATCH_OF_API_KEY, api_key[:4])


def cell_of(api_key, cells):
    if api_key in cells:
        return cells[api_key]
    raise KeyError(f"unknown key: {api_key}")
