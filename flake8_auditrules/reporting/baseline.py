"""The baseline: the findings that a team knows of, and what became of them."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from flake8_auditrules.config import ConfigurationError
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.reporting.record import Identity, Status

FILE_NAME = ".auditrules-baseline.jsonl"
FORMAT = "auditrules-baseline"
VERSION = 1
_KEYS = ("path", "scope", "code", "text", "ordinal", "state")


class Baseline(NamedTuple):
    """
    The findings that are known: those that stood when the baseline was written, and those fixed since.

    `commit` is the commit it was written at, "" outside of git. The two sets have no common element.
    """

    commit: str
    standing: frozenset[Identity]
    fixed: frozenset[Identity]

    def status(self, identity: Identity) -> Status:
        """What a finding of the current run is against this baseline."""
        if identity in self.standing:
            return Status.EXISTING
        return Status.REGRESSION if identity in self.fixed else Status.NEW

    def vanished(
        self, current: Collection[Identity], checked: Collection[str], codes: Collection[str]
    ) -> list[Identity]:
        """The standing findings that are gone, of the files and codes that this run checked, in order."""
        return sorted(
            identity
            for identity in self.standing
            if identity not in current and identity.path in checked and identity.code in codes
        )

    def updated(
        self,
        commit: str,
        reported: Collection[Identity],
        current: Collection[Identity],
        checked: Collection[str],
        codes: Collection[str],
    ) -> Baseline:
        """
        The baseline after a run: what stands now, and what was known and is gone kept as fixed.

        `current` are all findings of the run, `reported` those of them that nothing silences: a silenced
        finding is not gone, and it does not become known.
        """
        gone = set(self.vanished(current, checked, codes))
        standing = (self.standing - gone) | set(reported)
        return Baseline(commit, frozenset(standing), frozenset((self.fixed | gone) - standing))

    def renamed(self, moves: Mapping[str, str]) -> Baseline:
        """The baseline with the paths of moved files replaced."""
        if not moves:
            return self

        def moved(identities: Iterable[Identity]) -> frozenset[Identity]:
            return frozenset(one._replace(path=moves.get(one.path, one.path)) for one in identities)

        return Baseline(self.commit, moved(self.standing), moved(self.fixed))


EMPTY = Baseline("", frozenset(), frozenset())


def read(file: Path) -> Baseline:
    """
    The baseline in a file.

    Raises ConfigurationError, one line that names file and line, for a file that is missing, damaged, or not
    a baseline.
    """
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigurationError(f"{file}: the baseline cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: the baseline is not UTF-8 (byte {error.start})") from error
    lines = text.split("\n")  # not splitlines: a line of code may hold other line ends
    header = _parsed(lines[0] if lines else "", file, 1)
    if header.get("format") != FORMAT:
        raise ConfigurationError(f"{file}:1: is not a baseline of auditrules")
    if header.get("version") != VERSION:
        raise ConfigurationError(f"{file}:1: is a baseline of version {header.get('version')}, not {VERSION}")
    standing: set[Identity] = set()
    fixed: set[Identity] = set()
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            entry = _parsed(line, file, number)
            (fixed if entry.get("state") == "fixed" else standing).add(_identity(entry, file, number))
    return Baseline(str(header.get("commit", "")), frozenset(standing), frozenset(fixed - standing))


def _parsed(line: str, file: Path, number: int) -> dict[str, object]:
    try:
        parsed = json.loads(line)
    except ValueError as error:
        raise ConfigurationError(f"{file}:{number}: the baseline is damaged here: {error}") from error
    if not isinstance(parsed, dict):
        raise ConfigurationError(f"{file}:{number}: the baseline is damaged here: not an object")
    return parsed


def _identity(entry: dict[str, object], file: Path, number: int) -> Identity:
    path, scope, code, text, ordinal, state = (entry.get(key) for key in _KEYS)
    if (
        isinstance(path, str)
        and isinstance(scope, str)
        and isinstance(code, str)
        and isinstance(text, str)
        and isinstance(ordinal, int)
        and state in ("standing", "fixed")
    ):
        return Identity(path, scope, code, text, ordinal)
    raise ConfigurationError(f"{file}:{number}: the baseline is damaged here: it needs {', '.join(_KEYS)}")


def write(file: Path, baseline: Baseline) -> None:
    """Write a baseline, sorted, by rename, so that a reader never sees half of it. Raises OSError."""
    lines = [json.dumps({"format": FORMAT, "version": VERSION, "commit": baseline.commit})]
    entries = [(identity, "standing") for identity in baseline.standing]
    entries += [(identity, "fixed") for identity in baseline.fixed]
    for identity, state in sorted(entries):
        entry = dict(zip(_KEYS, (*identity, state), strict=True))
        # A path that is no UTF-8 holds what cannot be written as such.
        plain = all(is_encodable(part) for part in (identity.path, identity.text))
        lines.append(json.dumps(entry, ensure_ascii=not plain))
    replace_text(file, "\n".join(lines) + "\n")


def is_encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def replace_text(file: Path, text: str) -> None:
    """Write a file by way of a temporary one beside it. Raises OSError; the old file then stands."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_mask()
        os.chmod(temporary, mode)
        os.replace(temporary, file)
    except BaseException:
        os.unlink(temporary)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def head_commit(root: Path) -> str:
    """The commit that the working tree around `root` stands on; "" outside of git or before the first one."""
    return _git(root, "rev-parse", "--verify", "--quiet", "HEAD").strip()


def moves_since(root: Path, commit: str) -> dict[str, str]:
    """Old path -> new path of the files below `root` that git sees as renamed since a commit."""
    if not commit:
        return {}
    output = _git(root, "diff", "--find-renames", "--name-status", "--diff-filter=R", "--relative", "-z", commit)
    parts = output.split("\0")
    return {parts[at + 1]: parts[at + 2] for at in range(0, len(parts) - 2, 3)}


def _git(root: Path, *arguments: str) -> str:
    """What a git command prints; "" where git is not there, or fails."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return done.stdout if done.returncode == 0 else ""
