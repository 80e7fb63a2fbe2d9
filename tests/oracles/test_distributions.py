"""Source distributions are fetched once, checked, and a missing one fails."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from tests.oracles import distributions
from tests.oracles.distributions import DISTRIBUTIONS, Distribution, DistributionError, unpacked


def archive_with(folder: Path, text: str) -> Path:
    """A tar archive with one top folder that holds one file."""
    file = folder / "top" / "text.py"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    archive = folder / "one.tar.gz"
    with tarfile.open(archive, "w:gz") as opened:
        opened.add(file.parent, "top")
    return archive


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_each_is_there(name: str) -> None:
    metadata = (unpacked(name) / "PKG-INFO").read_text(encoding="utf-8")
    assert f"Version: {DISTRIBUTIONS[name].version}" in metadata.splitlines()
    module = DISTRIBUTIONS[name].module
    sources = distributions.import_folder(name)
    assert (sources / f"{module}.py").is_file() or (sources / module).is_dir()


def test_what_is_there_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def fetched(name: str, work: Path) -> Path:
        calls.append(name)
        return archive_with(work, "1\n")

    monkeypatch.setattr(distributions, "fetched", fetched)
    first, second = unpacked("tryceratops", tmp_path), unpacked("tryceratops", tmp_path)
    assert calls == ["tryceratops"]
    assert first == second
    assert (first / "text.py").read_text(encoding="utf-8") == "1\n"
    assert list(tmp_path.iterdir()) == [first], "nothing else is left"


def test_a_missing_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DISTRIBUTIONS, "tryceratops", Distribution("0.0.0.1", "0", "tryceratops"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(DistributionError, match=r"tryceratops 0\.0\.0\.1 cannot be fetched"):
        unpacked("tryceratops", tmp_path)
    assert not list(tmp_path.iterdir())


def test_another_archive_than_the_pinned_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: object) -> object:
        (target,) = [part.removeprefix("--dest=") for part in command if part.startswith("--dest=")]
        archive_with(Path(target), "1\n")

        class Done:
            returncode = 0
            stderr = ""

        return Done()

    monkeypatch.setattr("subprocess.run", run)
    with pytest.raises(DistributionError, match="has the digest"):
        unpacked("tryceratops", tmp_path)
    assert not list(tmp_path.iterdir())


def test_two_at_once_leave_one(tmp_path: Path) -> None:
    for number in range(2):
        work = tmp_path / str(number)
        distributions.unpack(archive_with(work, "1\n"), work / "unpacked", tmp_path / "target")
    assert (tmp_path / "target" / "text.py").read_text(encoding="utf-8") == "1\n"
