"""AUD303: the cure that it names is one that the logger knows."""

from __future__ import annotations

import pytest

from flake8_auditrules.rules.errors.missing_exc_info import MissingExcInfo
from tests.conftest import reported

CURES = {
    "a logger of the library": (
        "import logging\nlog = logging.getLogger(__name__)",
        "use `log.exception` or `exc_info=True`",
    ),
    "a logger that a function makes": (
        "from .log import get_logger\nlog = get_logger()",
        "use `log.exception` or `exc_info=True`",
    ),
    "a logger of Loguru": ("from loguru import logger as log", "use `log.exception`"),
    "a logger of a class of its own": ("from .log import JobLogger\nlog = JobLogger()", "add the traceback"),
}
RUN = """
def run(job):
    try:
        job.start()
    except Exception as error:
        log.error(f"failed: {error}")
"""


@pytest.mark.parametrize(("head", "cure"), CURES.values(), ids=CURES)
def test_cure_fits_the_logger(head: str, cure: str) -> None:
    ((_, finding),) = reported(MissingExcInfo, {"example.py": f"{head}\n{RUN}"})
    assert finding.text.endswith(f"; {cure}")
