"""What a client makes of an error that has a text where the others have a code."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.harm.proof import run_example


def test_aud902_a_client_that_reads_the_code_fails() -> None:
    answers = {}
    for kind in ("bad", "good"):
        application = FastAPI()
        application.include_router(run_example("AUD902", kind).router)
        answers[kind] = TestClient(application).delete("/notes/7").json()
    with pytest.raises(TypeError):
        answers["bad"]["detail"]["code"]
    assert answers["good"]["detail"]["code"] == "NO_NOTE"
