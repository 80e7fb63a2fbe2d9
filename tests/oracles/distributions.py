"""
The source distributions of other linters that the tests compare this suite with, pinned and fetched once.

`.ci/run` calls `python -m tests.oracles.distributions` before the tests, so that no test waits for a download;
a test that needs one which is not there yet fetches it by itself. They are run from where they are unpacked
instead of being installed: flake8 runs every plugin that is installed, and no other test is to run these.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "build" / "distributions"


class Distribution(NamedTuple):
    """A pinned source distribution: version, digest of its archive, the module it holds, the folder that is in."""

    version: str
    sha256: str
    module: str
    sources: str = "."


DISTRIBUTIONS = {
    "flake8-async": Distribution(
        "26.8.1", "c2d9e7b318169a85d821c8b2e661959481e59db1551626b7471c6e4627c99d9b", "flake8_async"
    ),
    "flake8-bugbear": Distribution(
        "26.10.27", "2dbacb5149856a38ff539f21098ec5f1b70d8ebe0c87fe107dacda28a2d83955", "bugbear"
    ),
    "flake8-logging": Distribution(
        "1.8.0", "765046763d44d1dc051071c047fe0fa056d71a524505207c3fbdc47532e7d8af", "flake8_logging", "src"
    ),
    "tryceratops": Distribution(
        "2.4.1", "fbfc14650004e27cd1e55ebb7c76b43ced04a4d3b4cbe42aac9d71e4623ed84d", "tryceratops", "src"
    ),
}


class DistributionError(Exception):
    """A distribution cannot be had: it is not found, or its archive is not the pinned one."""


def unpacked(name: str, folder: Path = FOLDER) -> Path:
    """
    The folder that holds the unpacked archive of a distribution of the table, below `folder`.

    It is fetched where it is not there yet. Raises DistributionError.
    """
    target = folder / f"{name}-{DISTRIBUTIONS[name].version}"
    if not target.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            archive = fetched(name, Path(work))
            unpack(archive, Path(work) / "unpacked", target)
    return target


def import_folder(name: str) -> Path:
    """The folder to put on the search path in order to import what a distribution holds."""
    return unpacked(name) / DISTRIBUTIONS[name].sources


def fetched(name: str, work: Path) -> Path:
    """The archive of a distribution, put into `work` by pip. Raises DistributionError."""
    pinned = DISTRIBUTIONS[name]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:"]
    done = subprocess.run(
        [*command, f"--dest={work}", f"{name}=={pinned.version}"], capture_output=True, text=True, check=False
    )
    archives = list(work.glob("*.tar.gz"))
    if done.returncode != 0 or len(archives) != 1:
        raise DistributionError(f"{name} {pinned.version} cannot be fetched:\n{done.stderr}")
    digest = hashlib.sha256(archives[0].read_bytes()).hexdigest()
    if digest != pinned.sha256:
        raise DistributionError(f"{archives[0].name} has the digest {digest}, not {pinned.sha256}")
    return archives[0]


def unpack(archive: Path, work: Path, target: Path) -> None:
    """Put what the archive holds below its one top folder at `target`, unless another process was faster."""
    with tarfile.open(archive) as opened:
        opened.extractall(work, filter="data")
    (top,) = work.iterdir()
    try:
        top.rename(target)
    except OSError:
        if not target.is_dir():
            raise


if __name__ == "__main__":
    for one in DISTRIBUTIONS:
        print(unpacked(one))
