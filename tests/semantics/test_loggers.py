"""Loggers: which calls write records."""

from __future__ import annotations

import ast

import pytest

from flake8_auditrules.semantics.loggers import Library, Traceback, log_calls
from tests.conftest import module_of


@pytest.mark.parametrize(
    ("setup", "receiver", "library"),
    [
        ("import logging", "logging", Library.LOGGING),
        ("import logging as journal", "journal", Library.LOGGING),
        ("import logging\nx = logging.getLogger(__name__)", "x", Library.LOGGING),
        ("from logging import getLogger as make\nx = make('a')", "x", Library.LOGGING),
        ("from app.log import get_logger\nx_logger = get_logger()", "x_logger", Library.UNKNOWN),
        ("from app.log import get_logger\nlog = get_logger()", "log", Library.UNKNOWN),
        ("from app.log import logger", "logger", Library.UNKNOWN),
        ("from loguru import logger", "logger", Library.LOGURU),
        ("from loguru import logger as journal", "journal.bind(a=1)", Library.LOGURU),
        ("import structlog\nx = structlog.get_logger()", "x", Library.STRUCTLOG),
        ("import structlog\nx = structlog.get_logger()", "x.bind(a=1)", Library.STRUCTLOG),
        ("from celery.utils.log import get_task_logger\nx = get_task_logger(__name__)", "x", Library.LOGGING),
        ("import structlog\nx = structlog.get_logger()\nx = x.bind(a=1)\nx = x.bind(b=1)", "x", Library.STRUCTLOG),
        ("def start(logger):\n    logger = logger.bind(a=1)\n    return logger", "logger", Library.UNKNOWN),
        ("a = b.bind(a=1)\nb = a.bind(b=1)", "a", None),
        ("", "self._log", Library.UNKNOWN),
        ("", "verbose_logger", Library.UNKNOWN),
        ("from math import log", "self.blog", None),
        ("def log(): pass", "log", None),
        ("from numpy import linalg", "linalg", None),
    ],
)
def test_receivers(setup: str, receiver: str, library: Library | None) -> None:
    module = module_of(f"{setup}\ndef f(self):\n    {receiver}.error('x')\n")
    call = module.nodes(ast.Expr)[-1].value
    assert isinstance(call, ast.Call)
    record = log_calls(module).get(call)
    assert (record.library if record else None) is library
    assert record is None or record.level == 40


def test_an_attribute_set_in_the_constructor_is_a_logger() -> None:
    module = module_of(
        """
        import logging

        class Worker:
            def __init__(self):
                self._journal = logging.getLogger("w")

            def run(self):
                self._journal.warning("x")
        """
    )
    assert [record.level for record in log_calls(module).values()] == [30]


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("logger.error('x')", Traceback.NO),
        ("logger.error('x', exc_info=True)", Traceback.YES),
        ("logger.error('x', exc_info=e)", Traceback.YES),
        ("logger.error('x', exc_info=False)", Traceback.NO),
        ("logger.error('x', **given)", Traceback.PERHAPS),
        ("logger.exception('x')", Traceback.YES),
        ("logger.exception('x', exc_info=False)", Traceback.NO),
        ("logger.error(traceback.format_exc())", Traceback.YES),
        ("logger.error(f'x {traceback.format_exc()}')", Traceback.YES),
        ("logger.opt(exception=True).error('x')", Traceback.YES),
        ("logger.opt(exception=False).error('x')", Traceback.NO),
        ("logger.log(logging.ERROR, 'x', exc_info=True)", Traceback.YES),
    ],
)
def test_tracebacks(call: str, wanted: Traceback) -> None:
    module = module_of(f"import logging, traceback\nfrom app import logger\n{call}\n")
    record = log_calls(module)[module.nodes(ast.Expr)[-1].value]  # type: ignore[index]
    assert record.traceback is wanted
    assert record.level == 40
