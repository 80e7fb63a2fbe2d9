# file: tests/test_flaws.py
import unittest
from unittest import TestCase

import pytest
from fastapi.testclient import TestClient

from app.main import app
from app.prices import price_of

client = TestClient(app)


def test_docstring_only():  # AUD803
    """The price of nothing is nothing."""


async def test_dots_only():  # AUD803
    ...


class TestPrices:
    def test_later(self):  # AUD803
        pass


class PriceTest(unittest.TestCase):
    def test_later(self):  # AUD803
        pass

    def test_swallowed(self):
        try:
            self.assertEqual(price_of([]), 0)
        except Exception:  # AUD803
            pass

    def test_failure_is_swallowed(self):
        try:
            price_of(None)
            self.fail("no price of None")
        except:  # AUD803
            pass


def test_one_of_two_assertions():
    assert price_of([1]) == 1
    try:
        with client:
            assert price_of([]) == 0
    except (ValueError, Exception) as error:  # AUD803
        print(error)


def test_all_is_swallowed():
    items = [1, 2]
    print("prices")
    try:
        price_of(items)
        print("passed")
    except Exception as error:  # AUD803
        print("failed", error)


def test_order_is_found():  # AUD803
    client.get("/orders/1")


@pytest.mark.asyncio
async def test_order_of_fixture(async_client):  # AUD803
    number = 1
    response = await async_client.get(f"/orders/{number}")
    print(response.json())


def test_forgotten():  # AUD803
    total = price_of([1, 2])
    print(total)


def test_gone_into():
    total = price_of([1, 2])
    price_of([total])


def test_made():
    order = Order([1, 2])  # noqa: F841


# file: tests/test_silent.py
import time
import unittest

import pytest
from fastapi.testclient import TestClient
from tests.support import orders_are_there

from app.main import app
from app.prices import price_of

client = TestClient(app)


# Nothing to assert, but not nothing to see: markers, fixtures, inherited tests.


@pytest.mark.skip(reason="not written yet")
def test_later():
    pass


@pytest.mark.xfail
def test_later_too():
    pass


def test_dummy():
    pass


def test_fixture_can_be_made(database):
    pass


@pytest.mark.usefixtures("database")
def test_fixture_can_be_used():
    pass


class Shared(unittest.TestCase):
    def test_list(self):
        assert price_of([1]) == 1


class Special(Shared):
    def test_list(self):
        """Not here."""


def outer():
    def test_nested():
        pass

    return test_nested


# Smoke tests, by their names and by what they call.


def test_import():
    import app


def test_health_smoke():
    client.get("/health")


def test_bad_order_does_not_raise():
    client.get("/orders/x")


def test_benchmark(benchmark):
    benchmark(price_of, [1])


# Assertions by other names.


def test_by_helper():
    check_price([1], 1)


def check_price(items, wanted):
    assert price_of(items) == wanted


def test_by_helper_of_no_telling_name():
    order_arrives()
    client.get("/orders/1")


def order_arrives():
    if price_of([]) != 0:
        raise ValueError


def test_by_imported_helper():
    orders_are_there()
    client.get("/orders/1")


def test_by_mock(mailer):
    client.post("/orders", json={})
    mailer.send.assert_called_once()


def test_status():
    client.get("/orders/1").raise_for_status()


def test_response_is_used():
    response = client.get("/orders/1")
    assert response.status_code == 200


def test_setting_up(client_of_orders):
    client.post("/orders", json={})
    client_of_orders.refresh()


def test_response_is_handed_on():
    answer = client.get("/orders/1")
    orders_are_there(answer)


# Handlers that do not hide a failure.


def test_expected_error():
    try:
        price_of(None)
        assert False
    except TypeError:
        pass


def test_reraised():
    try:
        assert price_of([]) == 0
    except Exception as error:
        print(error)
        raise


def test_failed_in_handler():
    try:
        assert price_of([]) == 0
    except Exception:
        pytest.fail("no price")


def test_skipped_in_handler():
    try:
        assert price_of([]) == 0
    except Exception:
        pytest.skip("no service")


def test_collected():
    errors = []
    try:
        assert price_of([]) == 0
    except Exception as error:
        errors.append(error)
    assert not errors


def test_repeated():
    for _ in range(10):
        try:
            assert price_of([]) == 0
            break
        except Exception:
            time.sleep(0.1)
    else:
        raise TimeoutError


def test_assertion_helper():
    try:
        check_price([1], 2)
        wrong = True
    except AssertionError:
        wrong = False
    assert not wrong


def test_else():
    try:
        price_of(None)
    except Exception:
        pass
    else:
        raise AssertionError


def test_prepared_by_what_may_fail():
    items = price_of([1])
    try:
        price_of(items)
    except Exception:
        pass


def test_returns():
    try:
        price_of([1])
    except Exception:
        return False
    return True


# Used by their names.


def test_hook():
    pass


def register(hooks):
    hooks.append(test_hook)


class TestedClass:
    def test_method(self):
        pass


def test_of_class():
    assert TestedClass().test_method() is None


def test_step():
    try:
        price_of([1])
    except Exception:
        pass


if __name__ == "__main__":
    test_step()


# file: app/orders.py
def test_connection():
    pass
