# file: tests/test_plain.py
import unittest
from unittest import IsolatedAsyncioTestCase, TestCase, mock

import pytest


class Plain(TestCase):
    async def test_one(self):  # AUD805
        self.assertTrue(False)

    @pytest.mark.asyncio
    async def test_marked(self):  # AUD805
        self.assertTrue(False)

    @mock.patch("os.getcwd")
    async def test_patched(self, getcwd):  # AUD805
        self.assertTrue(False)

    @classmethod
    async def setUpClass(cls):  # AUD805
        cls.one = 1

    def setUp(self):
        super().setUp()

    async def helper(self):
        return 1


class Derived(Plain):
    async def tearDown(self):  # AUD805
        await super().tearDown()


class Isolated(IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.one = 1

    async def tearDown(self):  # AUD805
        self.one = None

    async def test_one(self):
        self.assertTrue(self.one)


class Both(unittest.TestCase, unittest.IsolatedAsyncioTestCase):
    async def test_one(self):
        self.assertTrue(self)


class TestPytest:
    async def setup_method(self):  # AUD805
        self.one = 1

    @classmethod
    async def teardown_class(cls):  # AUD805
        cls.one = None

    async def setUp(self):
        """Not a name that pytest knows in such a class."""

    async def test_one(self):
        """By a plugin, a marker or its automatic mode; without these pytest says so."""


@pytest.mark.asyncio
class TestMarked:
    async def setup_method(self, method):  # AUD805
        self.one = 1

    async def test_one(self):
        assert self.one


class TestBenchmark:
    async def setup_method(self, messages):
        """Called by a program: pytest has no messages to give."""


class Helper:
    async def setup_method(self):
        """Nothing that pytest collects."""


# file: tests/test_silent.py
import asyncio
import functools
import unittest

import pytest
from aiounittest import AsyncTestCase
from django.test import TestCase as DjangoTestCase
from tests.support import ProjectTestCase
from tornado.testing import AsyncHTTPTestCase, gen_test
from twisted.trial.unittest import TestCase as TrialTestCase


def run_in_loop(coroutine):
    @functools.wraps(coroutine)
    def run(*arguments):
        return asyncio.run(coroutine(*arguments))

    return run


class WithDecorator(unittest.TestCase):
    @run_in_loop
    async def test_one(self):
        self.assertTrue(True)

    @unittest.skip("not yet")
    async def test_skipped(self):
        self.assertTrue(True)

    @pytest.mark.skip
    async def test_skipped_too(self):
        self.assertTrue(True)


class WithRunner(unittest.TestCase):
    def _callTestMethod(self, method):
        asyncio.run(method())

    async def test_one(self):
        self.assertTrue(True)


class WithLoop(unittest.TestCase):
    def test_one(self):
        asyncio.run(self.test_coroutine())

    async def test_coroutine(self):
        self.assertTrue(True)


class OfDjango(DjangoTestCase):
    async def test_one(self):
        self.assertTrue(True)


class OfTrial(TrialTestCase):
    async def test_one(self):
        self.assertTrue(True)


class OfTornado(AsyncHTTPTestCase):
    @gen_test
    async def test_one(self):
        self.assertTrue(True)


class OfAiounittest(AsyncTestCase):
    async def test_one(self):
        self.assertTrue(True)


class OfProject(ProjectTestCase):
    async def test_one(self):
        self.assertTrue(True)


class Cases(unittest.TestCase):
    async def test_shared(self):
        self.assertTrue(True)


class Run(Cases, unittest.IsolatedAsyncioTestCase):
    pass


class Registered(unittest.TestCase, metaclass=type):
    async def test_one(self):
        self.assertTrue(True)


@run_in_loop
class Wrapped(unittest.TestCase):
    async def test_one(self):
        self.assertTrue(True)


class TestWithFixture:
    @pytest.fixture(autouse=True)
    async def setup_method(self):
        self.one = 1

    async def test_one(self):
        await self.teardown_method()

    async def teardown_method(self):
        self.one = None


# file: app/cases.py
import unittest


class TestFileOfAnotherName(unittest.TestCase):
    async def test_one(self):  # AUD805
        self.assertTrue(True)


# file: app/checks.py
class TestOfAClient:
    async def setup_method(self):
        """In no test file: a class that is called so."""
