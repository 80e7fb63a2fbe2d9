"""
Measure what an editor waits for: from a keystroke to the findings of a file, with and without this suite.

    python benchmarks/editor.py [FILE] [--lines 1000] [--runs 7] [--bars]

FILE stays where it is, in its project; its first lines are the buffer, as many as parse. Each run types one more
comment at the buffer's end. "stdin" is `flake8 -`, as most editors call it; "language server" is python-lsp-server
with its flake8 plugin over stdio, from `didChange` to `publishDiagnostics`: what a person waits for, of which the
server spends half a second waiting for further keystrokes. Both run flake8 with all its own checks; "without"
hides the suite from flake8. Turns alternate; medians of wall time and, for stdin, of processor time.
With `--bars` the exit code is 1 where the language server's ratio is over the bar.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

BAR = 1.2
DEFAULT_FILE = Path(__file__).parent.parent / "flake8_auditrules" / "project" / "facts.py"
WITH = """#!{python}
from flake8.main.cli import main
raise SystemExit(main())
"""
WITHOUT = """#!{python}
import importlib.metadata
found = importlib.metadata.distributions
importlib.metadata.distributions = lambda **asked: (
    one for one in found(**asked) if not one._path.name.startswith("flake8_auditrules-")
)
from flake8.main.cli import main
raise SystemExit(main())
"""


def buffer_of(file: Path, lines: int) -> str:
    """The first lines of a file: as many as parse, and no more than asked for."""
    kept = file.read_text(encoding="utf-8").splitlines()[:lines]
    while True:
        text = "\n".join(kept) + "\n"
        try:
            ast.parse(text)
        except SyntaxError:
            kept.pop()
        else:
            return text


def root_of(file: Path) -> Path:
    """The project's folder, in which an editor starts its tools."""
    marks = ("pyproject.toml", "setup.cfg", "setup.py", ".git")
    return next(
        (folder for folder in file.parents if any((folder / mark).exists() for mark in marks)), file.parent
    )


def from_stdin(executable: Path, file: Path, text: str, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds on the wall and of processor time for one `flake8 -`."""
    before = os.times()
    started = time.perf_counter()
    done = subprocess.run(
        [executable, "--stdin-display-name", file, "-"],
        input=text,
        capture_output=True,
        text=True,
        cwd=root_of(file),
        env=environment,
        check=False,
    )
    wall = time.perf_counter() - started
    after = os.times()
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


class LanguageServer:
    """A python-lsp-server over stdio with one open document."""

    def __init__(self, executable: Path, file: Path, text: str, environment: dict[str, str]) -> None:
        self.uri = file.as_uri()
        self._version = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pylsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root_of(file),
            env=environment,
        )
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue(maxsize=1000)
        threading.Thread(target=self._read, daemon=True).start()
        off = {name: {"enabled": False} for name in ("pyflakes", "pycodestyle", "mccabe")}
        flake8 = {"enabled": True, "executable": str(executable)}
        settings = {"pylsp": {"configurationSources": ["flake8"], "plugins": {**off, "flake8": flake8}}}
        self._send(
            id=1,
            method="initialize",
            params={
                "processId": os.getpid(),
                "rootUri": root_of(file).as_uri(),
                "capabilities": {},
                "initializationOptions": settings,
            },
        )
        self._send(method="initialized", params={})
        self._send(method="workspace/didChangeConfiguration", params={"settings": settings})
        document = {"uri": self.uri, "languageId": "python", "version": 0, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        self._wait()

    def change(self, text: str) -> float:
        """Seconds from the change of the buffer to its diagnostics."""
        self._version += 1
        started = time.perf_counter()
        self._send(
            method="textDocument/didChange",
            params={
                "textDocument": {"uri": self.uri, "version": self._version},
                "contentChanges": [{"text": text}],
            },
        )
        self._wait()
        return time.perf_counter() - started

    def close(self) -> None:
        self._process.kill()
        self._process.wait(timeout=10)

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while header := stream.readline().strip():
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            if not length:
                return
            self._messages.put(json.loads(stream.read(length)))

    def _send(self, **message: Any) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self) -> None:
        while self._messages.get(timeout=120).get("method") != "textDocument/publishDiagnostics":
            pass


def main() -> int:
    parser = argparse.ArgumentParser(description="From a keystroke to the findings.")
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE)
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--bars", action="store_true", help="exit with 1 where a bar is missed")
    chosen = parser.parse_args()
    file = chosen.file.resolve()
    text = buffer_of(file, chosen.lines)
    wall: dict[str, list[float]] = {"with": [], "without": []}
    processor: dict[str, list[float]] = {"with": [], "without": []}
    served: dict[str, list[float]] = {"with": [], "without": []}
    with tempfile.TemporaryDirectory() as folder:
        # Installed packages have their bytecode; a checkout may not, and its tools may forbid it.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        executables = {}
        for name, script in (("with", WITH), ("without", WITHOUT)):
            executables[name] = Path(folder) / name / "flake8"
            executables[name].parent.mkdir()
            executables[name].write_text(script.format(python=sys.executable), encoding="utf-8")
            executables[name].chmod(0o755)
            from_stdin(executables[name], file, text, environment)
        servers = {name: LanguageServer(one, file, text, environment) for name, one in executables.items()}
        for number in range(chosen.runs):
            typed = f"{text}# {number}\n"
            for name, executable in executables.items():
                seconds, used = from_stdin(executable, file, typed, environment)
                wall[name].append(seconds)
                processor[name].append(used)
                served[name].append(servers[name].change(typed))
        for server in servers.values():
            server.close()
    print(f"{file.name}, {len(text.splitlines())} lines, medians of {chosen.runs} runs")
    print(f"{'':24} {'with':>8} {'without':>8} {'ratio':>6}")
    ratios = {}
    for what, figures in (
        ("stdin, wall s", wall),
        ("stdin, processor s", processor),
        ("language server, wall s", served),
    ):
        medians = {name: statistics.median(several) for name, several in figures.items()}
        ratios[what] = medians["with"] / medians["without"]
        print(f"{what:24} {medians['with']:8.3f} {medians['without']:8.3f} {ratios[what]:6.2f}")
    return int(chosen.bars and ratios["language server, wall s"] > BAR)


if __name__ == "__main__":
    raise SystemExit(main())
