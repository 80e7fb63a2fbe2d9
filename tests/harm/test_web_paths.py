"""Proofs of the rules about paths: requests that leave the folder."""

from __future__ import annotations

import tempfile
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


@pytest.mark.parametrize(("number", "method", "url"), [(0, "GET", "/reports/7"), (1, "DELETE", "/inbox/7")])
def test_aud617_an_error_tells_where_the_files_lie(number: int, method: str, url: str) -> None:
    def told(kind: str) -> str:
        module = run_example("AUD617", kind, number, __file__="/srv/secret/app.py")
        with TestClient(module.app) as client:
            answer = client.request(method, url)
        assert answer.status_code == 404
        return str(answer.text)

    folders = ("/srv/secret/reports/7.txt", tempfile.gettempdir())
    assert folders[number] in told("bad")
    assert not any(folder in told("good") for folder in folders)
