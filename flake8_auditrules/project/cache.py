"""The cache: facts on disk by the content of the file that they speak of; any damage costs time only."""

from __future__ import annotations

import contextlib
import functools
import marshal
import os
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

from flake8_auditrules import __version__

try:
    # `hashlib` gives the same function, and loads OpenSSL first.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_LAYERS = ("knowledge", "semantics", "project")
_MAGIC = b"AUD1"
_DIGEST = 16
_CHECKSUM = 4
_MAXIMUM_BYTES = 256 * 1024 * 1024
_SECONDS_BETWEEN_CLEANINGS = 600
_IGNORE = "# Made by flake8-auditrules; may be deleted at any time.\n*\n"


@functools.cache
def program_digest() -> str:
    """A digest of what facts depend on beside the text: this package's reading code and the interpreter."""
    package = Path(__file__).resolve().parent.parent
    digest = blake2b(digest_size=8)
    digest.update(f"{__version__} {sys.implementation.cache_tag}".encode())
    for layer in _LAYERS:
        for folder, below, names in os.walk(package / layer):
            below.sort()
            for name in sorted(names):
                if name.endswith(".py"):
                    with contextlib.suppress(OSError), open(f"{folder}/{name}", "rb") as file:
                        digest.update(file.read())
    return digest.hexdigest()


def digest_of(data: bytes, size: int = _DIGEST) -> str:
    """What tells contents apart, as `size` bytes in hexadecimal digits."""
    return blake2b(data, digest_size=size).hexdigest()


def content_key(data: bytes, name: str, is_package: bool) -> str:
    """The key of a file's facts: its bytes (line ends and byte-order mark left out of account) and its name."""
    digest = blake2b(digest_size=_DIGEST)
    digest.update(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    digest.update(f"\0{name}\0{is_package}".encode())
    return digest.hexdigest()


class Cache:
    """
    Values by key in a folder, each in a file of its own or many in a pack, written by rename so that several
    processes may share it.

    Without a folder, or where it cannot be written, nothing is kept. No method raises for what it finds on disk.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._program = ""
        self._writable = folder is not None
        self._written = 0

    @property
    def is_there(self) -> bool:
        """Whether there is a folder and, as far as is known, it can be written."""
        return self._writable

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
        return _value(data)

    def put(self, key: str, value: object) -> None:
        """Keep a value of built-in types under a key."""
        if self._writable:
            payload = marshal.dumps(value)  # type: ignore[arg-type]
            self._write(key, _MAGIC + _checksum(payload) + payload)

    def get_for(self, key: str, state: str) -> object | None:
        """The value that `put_for` kept under a key for the same state; None for another state as well."""
        kept = self.get(key)
        return kept[1] if isinstance(kept, tuple) and len(kept) == 2 and kept[0] == state else None

    def put_for(self, key: str, state: str, value: object) -> None:
        """Keep a value of built-in types under a key, in the place of what was kept for other states."""
        self.put(key, (state, value))

    def get_packed(self, pack: str, offset: int, length: int) -> object | None:
        """A value out of a pack; None where it is not there or damaged."""
        if self._folder is None:
            return None
        try:
            with open(f"{self._place}{os.sep}{pack}", "rb") as file:
                file.seek(offset)
                return _value(file.read(length))
        except (OSError, ValueError):
            return None

    def put_packed(self, payloads: Sequence[bytes]) -> tuple[str, list[tuple[int, int]]]:
        """
        Keep values, given as `marshal` gives them, in one pack.

        Returns the pack's name ("" where nothing can be kept) and each value's offset and length.
        """
        parts: list[bytes] = []
        places: list[tuple[int, int]] = []
        offset = 0
        for payload in payloads:
            parts += (_MAGIC, _checksum(payload), payload)
            length = len(_MAGIC) + _CHECKSUM + len(payload)
            places.append((offset, length))
            offset += length
        if not self._writable:
            return "", places
        data = b"".join(parts)
        pack = f"{digest_of(data)}.pack"
        return (pack if self._write(pack, data) else ""), places

    def forget(self, name: str) -> None:
        """Remove what is kept under a name."""
        with contextlib.suppress(OSError):
            os.unlink(f"{self._place}{os.sep}{name}")

    def _write(self, name: str, data: bytes) -> bool:
        """Write a file by rename; after a failure nothing more is written."""
        if not self._writable:
            return False
        path = f"{self._place}{os.sep}{name}"
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
                return False
        except OSError:
            self._writable = False
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            return False
        self._written += len(data)
        return True

    def _prepare(self) -> None:
        """Make the folder, and now and then throw out what is oldest where it is too much."""
        assert self._folder is not None
        os.makedirs(self._place, exist_ok=True)
        ignore = self._folder / ".gitignore"
        try:
            # Looking at every file takes longer than an editor's user waits for.
            if 0 <= time.time() - os.stat(ignore).st_mtime < _SECONDS_BETWEEN_CLEANINGS:
                return
            os.utime(ignore)
        except OSError:
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


def _value(data: bytes) -> object | None:
    """The value in a stored form; None for one that is damaged."""
    head = len(_MAGIC) + _CHECKSUM
    if data[: len(_MAGIC)] != _MAGIC or _checksum(data[head:]) != data[len(_MAGIC) : head]:
        return None
    try:
        value: object = marshal.loads(data[head:])
    except (ValueError, EOFError, TypeError):
        return None
    return value


def _checksum(payload: bytes) -> bytes:
    """What tells damage by accident; nobody else writes into this folder."""
    return zlib.crc32(payload).to_bytes(_CHECKSUM, "big")
