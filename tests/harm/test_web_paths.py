"""Proofs of the rules about paths: requests that leave the folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.harm.proof import run_example


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("reports", "uploads"):
        (tmp_path / "server" / name).mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("the key", encoding="utf-8")
    (tmp_path / "server" / "reports" / "june.txt").write_text("sales", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "server")


def test_aud610_a_query_reads_outside_the_folder() -> None:
    with TestClient(run_example("AUD610", "bad").app) as client:
        assert client.get("/report", params={"name": "../../secret.txt"}).json() == {"text": "the key"}
    with TestClient(run_example("AUD610", "good").app) as client:
        assert client.get("/report", params={"name": "june.txt"}).json() == {"text": "sales"}
        assert client.get("/report", params={"name": "../../secret.txt"}).status_code == 404


def test_aud610_an_upload_overwrites_outside_the_folder(tmp_path: Path) -> None:
    files = {"file": ("../../secret.txt", b"changed")}
    with TestClient(run_example("AUD610", "good", 1).app) as client:
        assert client.post("/upload", files=files).json() == {"stored": True}
    assert (tmp_path / "secret.txt").read_text(encoding="utf-8") == "the key"
    with TestClient(run_example("AUD610", "bad", 1).app) as client:
        assert client.post("/upload", files=files).json() == {"stored": True}
    assert (tmp_path / "secret.txt").read_text(encoding="utf-8") == "changed"
