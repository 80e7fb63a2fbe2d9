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


async def looks_after(pool, figures):
    try:
        async with pool.acquire() as connection:
            await connection.fetchval("SELECT 1")
        figures.is_healthy = True
    except Exception as error:
        logger.error("no database: %s", error)
        figures.is_healthy = False


async def asks_for_more(pool, figures):
    try:
        async with pool.acquire() as connection:
            figures.first = await connection.fetchval("SELECT 1 FROM orders")
    except Exception as error:
        logger.error("no orders: %s", error)  # AUD303


def cancels(channel):
    try:
        channel.unsubscribe()
    except Exception as error:
        logger.error("still subscribed: %s", error)


def says_without(page):
    try:
        return page.refresh()
    except Exception as error:
        logger.error("no page: %s", error, exc_info=False)
        return None
