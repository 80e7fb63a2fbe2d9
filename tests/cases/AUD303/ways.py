import logging
import sys

logger = logging.getLogger(__name__)


def raises_again(work):
    try:
        work()
    except Exception:
        logger.error("failed")
        raise


def raises_another(work):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
        raise RuntimeError("failed") from error


def raises_on_one_way(work, strict):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)  # AUD303
        if strict:
            raise


def leaves(work):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
        sys.exit(1)


def returns_the_error(work):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)
        return {"error": "failed"}


def returns_nothing(work):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)  # AUD303
        return None


def keeps_it(work, failures):
    try:
        work()
    except Exception as error:
        logger.error("failed: %s", error)
        failures.append(error)


def is_no_error(work):
    try:
        work()
    except Exception as error:
        logger.warning("failed: %s", error)


def expects_it(work):
    try:
        work()
    except (LookupError, ValueError) as error:
        logger.error("failed: %s", error)


def takes_everything(work):
    try:
        work()
    except:
        logger.error("failed")  # AUD303


def only_the_first(work):
    try:
        work()
    except Exception as error:
        logger.error("failed")  # AUD303
        logger.error("because: %s", error)


def returns_what_was_given(work, orders):
    try:
        return work(orders)
    except Exception as error:
        logger.error("failed: %s", error)  # AUD303
        return orders, []


def returns_what_it_makes_of_it(work, orders):
    try:
        return work(orders)
    except Exception as error:
        logger.error("failed: %s", error)
        orders = "failed"
        return orders


def returns_another_answer(work, orders):
    try:
        return work(orders)
    except Exception as error:
        logger.error("failed: %s", error)  # AUD303
        return orders.without_prices()


def returns_a_value_of_its_own(work, Answer):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)  # AUD303
        return Answer(orders=[], total=0)


def returns_that_all_is_well(work):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)  # AUD303
        return {"success": True, "orders": []}


def returns_a_refusal(work, Answer):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)
        return Answer(success=False, orders=[])


def returns_a_status(work, Answer):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)
        return Answer(status=500)


def returns_a_sentence(work, Answer):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)
        return Answer("please try again")


def returns_an_error_by_its_name(work, error_page):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)
        return error_page()


def returns_what_there_is(work, names):
    found = {}
    try:
        for name in names:
            found[name] = work(name)
        return found
    except Exception as error:
        logger.error("failed after %s: %s", len(found), error)  # AUD303
        return found


def returns_what_it_has_changed(work, answer):
    try:
        return work(answer)
    except Exception as error:
        logger.error("failed: %s", error)
        answer.status = "failed"
        return answer


def returns_what_is_for_failures(work, failed):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error)
        return failed


async def tells_the_client_why_it_is_closed(websocket, work):
    try:
        await work()
    except Exception as error:
        logger.error("failed: %s", error)
        await websocket.close(code=1011, reason="failed")


async def closes_without_a_reason(websocket, work):
    try:
        await work()
    except Exception as error:
        logger.error("failed: %s", error)  # AUD303
        await websocket.close()
