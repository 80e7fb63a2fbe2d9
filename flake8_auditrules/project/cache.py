"""The cache: facts on disk by the content of the file that they speak of; any damage costs time only."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from pathlib import Path

from flake8_auditrules import __version__

_MAGIC = b"AUD1"
_DIGEST = 16
_MAXIMUM_BYTES = 256 * 1024 * 1024
_IGNORE = "# Made by flake8-auditrules; may be deleted at any time.\n*\n"


def program_digest() -> str:
    """A digest of what facts depend on beside the text: this package's reading code and the interpreter."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=8)
    digest.update(f"{__version__} {sys.implementation.cache_tag}".encode())
    for name in (
        "project/facts.py",
        "project/wiring.py",
        "project/project.py",
        "knowledge/web.py",
        "semantics/walk.py",
        "semantics/scopes.py",
        "semantics/names.py",
        "semantics/instances.py",
        "semantics/module.py",
        "knowledge/aliases.py",
    ):
        try:
            digest.update((package / name).read_bytes())
        except OSError:
            continue
    return digest.hexdigest()


def content_key(data: bytes, name: str, is_package: bool) -> str:
    """The key of a file's facts: its bytes (line ends and byte-order mark left out of account) and its name."""
    digest = hashlib.blake2b(digest_size=_DIGEST)
    digest.update(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    digest.update(f"\0{name}\0{is_package}".encode())
    return digest.hexdigest()


class Cache:
    """
    Values by key in a folder, each in a file of its own, written by rename so that several processes may share it.

    Without a folder, or where it cannot be written, nothing is kept. No method raises for what it finds on disk.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._program = ""
        self._writable = folder is not None
        self._written = 0

    @property
    def _place(self) -> str:
        if not self._program:
            self._program = program_digest()
        return f"{self._folder}{os.sep}{self._program}"

    def get(self, key: str) -> object | None:
        """The value of a key; None where there is none or it is damaged."""
        if self._folder is None:
            return None
        try:
            with open(f"{self._place}{os.sep}{key}", "rb") as file:
                data = file.read()
        except OSError:
            return None
        head = len(_MAGIC) + _DIGEST
        if data[: len(_MAGIC)] != _MAGIC or _checksum(data[head:]) != data[len(_MAGIC) : head]:
            return None
        try:
            value: object = marshal.loads(data[head:])
        except (ValueError, EOFError, TypeError):
            return None
        return value

    def put(self, key: str, value: object) -> None:
        """Keep a value of built-in types under a key."""
        if not self._writable or self._folder is None:
            return
        payload = marshal.dumps(value)  # type: ignore[arg-type]
        data = _MAGIC + _checksum(payload) + payload
        path = f"{self._place}{os.sep}{key}"
        temporary = f"{path}.{os.getpid()}"
        try:
            if not self._written:
                self._prepare()
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
            try:
                written = os.write(handle, data)
            finally:
                os.close(handle)
            if written == len(data):
                os.replace(temporary, path)
            else:
                os.unlink(temporary)
        except OSError:
            self._writable = False
            return
        self._written += len(data)

    def _prepare(self) -> None:
        """Make the folder, and throw out what other versions left or what is too much."""
        assert self._folder is not None
        os.makedirs(self._place, exist_ok=True)
        ignore = self._folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text(_IGNORE, encoding="utf-8")
        files: list[tuple[float, int, str]] = []
        for folder, _, names in os.walk(self._folder):
            for name in names:
                if name == ".gitignore":
                    continue
                path = f"{folder}{os.sep}{name}"
                try:
                    status = os.stat(path)
                except OSError:
                    continue
                files.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= _MAXIMUM_BYTES:
                break
            try:
                os.unlink(path)
            except OSError:
                continue
            total -= size


def _checksum(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_DIGEST).digest()
