# file: tests/test_itself.py
import json
import unittest
from unittest import TestCase
from unittest.mock import MagicMock

import pytest

from app.prices import price_of

RATE = 0.2
NAMES = ["net", "gross"]


def test_arithmetic():
    net = 100
    assert net * (1 + RATE) == 120  # AUD802
    assert NAMES[0] == "net"


def test_error():
    with pytest.raises(KeyError):
        {}["price"]
    assert len(NAMES) == 2  # AUD802


async def test_mock():
    service = MagicMock(return_value=3)
    service(1)
    service.assert_called_once_with(1)
    assert [service(number) for number in (1, 2)] == [3, 3]  # AUD802


class PriceTest(unittest.TestCase):
    def test_json(self):
        data = json.loads('{"price": 1}')
        with self.subTest("price"):
            self.assertEqual(data["price"], 1)  # AUD802

    def test_pattern(self):
        import re

        self.assertTrue(re.match(r"\d+", "12"))  # AUD802


# Something of the project is reached: called, imported, given, or by the test class.


def test_price():
    assert price_of([1]) == 1


def test_price_by_import():
    from app.prices import price_of as of

    assert of([1]) == 1


def test_plugin_is_there():
    import app.plugin  # noqa: F401

    assert len(NAMES) == 2


def test_by_own_function():
    assert double(2) == 4


def double(number):
    return price_of([number]) * 2


def test_by_fixture(prices):
    assert len(NAMES) == 2


@pytest.mark.usefixtures("prices")
def test_by_marker():
    assert len(NAMES) == 2


@pytest.mark.parametrize("number", [1])
def test_by_parameter(number):
    assert number == 1


def test_with_nested_class():
    class Price(price_of):
        pass

    assert Price


def test_of_file():
    assert "price" in open("prices.txt").read()


def test_mock_in_place(mocker):
    assert mocker


def test_patched():
    with unittest.mock.patch("app.prices.RATE", 1):
        assert RATE == 0.2


class OwnAssertionTest(TestCase):
    def setUp(self):
        self.prices = price_of([])

    def assertPrice(self, items):
        self.assertEqual(price_of(items), 1)

    def test_by_own_assertion(self):
        self.assertPrice([1])

    def test_by_attribute(self):
        self.assertEqual(self.prices, 0)

    def test_raises(self):
        self.assertRaises(ValueError, self.price, None)

    def price(self, items):
        return price_of(items)


class DerivedTest(OwnAssertionTest):
    def test_of_derived(self):
        self.assertTrue(RATE)


# There to be there.


def test_dummy():
    assert True


def test_sanity():
    assert 1 + 1 == 2


# file: tests/data/test_sample_run.py
def test_one():
    assert 1 + 1 == 2


# file: app/checks.py
def test_one():
    assert 1 + 1 == 2
