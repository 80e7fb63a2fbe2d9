import logging

logger = logging.getLogger(__name__)


def is_store_available(client):
    try:
        return client.get("/")
    except Exception as error:
        logger.error("no store: %s", error)
        return False


def runs_when_healthy(engine, ready):
    try:
        engine.wait_for_health()
    except Exception as error:
        logger.error("not healthy: %s", error)
    else:
        ready.set()


def begins_policy_of_health(policy, stop):
    try:
        policy.begin_health_policy()
    except Exception as error:
        logger.error("no policy: %s", error)  # AUD303
        stop()


def is_token_valid(decode, token):
    try:
        return decode(token)
    except Exception as error:
        logger.error("not valid: %s", error)
        return False
