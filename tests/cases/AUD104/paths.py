"""Paths that other paths give."""

from pathlib import Path


async def made_from_others(path: Path, name: str):
    path.parent.joinpath(name).read_text()  # AUD104
    Path(__file__).resolve().with_name(name).read_text()  # AUD104
    Path.home().read_bytes()  # AUD104
    folder = path.expanduser().parent.parent
    return folder.write_text(name)  # AUD104
