"""Proofs of the rules about uploads: what a client sends lies in memory as a whole."""

from __future__ import annotations

import pytest
from starlette.datastructures import UploadFile
from starlette.testclient import TestClient

from tests.harm.proof import run_example

LARGE = b"line\n" * 1_000_000


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of what is read of uploads at once."""
    found: list[int] = []
    read = UploadFile.read

    async def reading(self: UploadFile, size: int = -1) -> bytes:
        content = await read(self, size)
        found.append(len(content))
        return content

    monkeypatch.setattr(UploadFile, "read", reading)
    return found


@pytest.mark.parametrize(("number", "field"), [(0, "file"), (1, "content")])
def test_aud604_a_whole_upload_goes_into_memory(sizes: list[int], number: int, field: str) -> None:
    with TestClient(run_example("AUD604", "bad", number).app) as client:
        answer = client.post("/lines", files={field: ("lines.txt", LARGE)})
    assert answer.json() == {"lines": 1_000_000}
    assert sizes == [len(LARGE)]


@pytest.mark.parametrize("number", [0, 1])
def test_aud604_a_limit_holds(sizes: list[int], number: int) -> None:
    with TestClient(run_example("AUD604", "good", number).app) as client:
        assert client.post("/lines", files={"file": ("lines.txt", LARGE)}).status_code == 413
        assert client.post("/lines", files={"file": ("lines.txt", b"a\nb\n")}).json() == {"lines": 2}
    assert max(sizes) <= 1_000_001
