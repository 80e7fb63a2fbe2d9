"""
What the rules cost, as ratios in one run (the machine's own speed falls out).

    python benchmarks/cost.py [--package FOLDER] [--rounds 5] [--processes] [--project FOLDER]

In one process: the time of all rules over the time of `ast.parse` on the same files, median of the rounds,
for every sixth file of the standard library and for a large installed package; and the time that loading
the plugin adds. With `--processes`: whole flake8 runs, bare, with this suite, with flake8-bugbear and with
flake8-async, each in an environment of its own (made with venv and pip).

With `--project FOLDER`, on a copy of it: reading 200,000 lines of the project, cold and warm, over `ast.parse` of
the same files; and for some of its files from standard input, warm, what the suite adds to flake8's seconds of
processor time and to its peak memory.
"""

from __future__ import annotations

import argparse
import ast
import collections
import contextlib
import gc
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.plugin import OPINIONS
from flake8_auditrules.project.project import Project
from flake8_auditrules.registry import all_rules
from flake8_auditrules.semantics.inference import Inference
from flake8_auditrules.semantics.walk import walk

ROOT = Path(__file__).resolve().parent.parent
STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
PEERS = {
    "flake8 bare": [],
    "flake8-auditrules": [str(ROOT)],
    "flake8-bugbear": ["flake8-bugbear"],
    "flake8-async": ["flake8-async"],
}

# What runs unless somebody enables opinions.
RULES = [rule for rule in all_rules() if not rule.code.startswith(OPINIONS)]


def standard_library_sample() -> list[Path]:
    """Every sixth top-level file of the standard library."""
    return sorted(STANDARD_LIBRARY.glob("*.py"))[::6]


def sources(files: Sequence[Path]) -> list[tuple[Path, str]]:
    """The texts of the files that can be decoded and parsed."""
    found = []
    for file in files:
        try:
            text = file.read_bytes().decode("utf-8-sig")
            ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        found.append((file, text))
    return found


def timed(work: Callable[[], object]) -> float:
    """Seconds of process time that `work` takes, the collector run before and not meanwhile."""
    gc.collect()
    gc.disable()
    started = time.process_time()
    work()
    spent = time.process_time() - started
    gc.enable()
    return spent


def measure(label: str, files: Sequence[Path], rounds: int) -> float:
    """Print one row and return the ratio of all rules to `ast.parse`."""
    texts = sources(files)
    lines = sum(text.count("\n") for _, text in texts)
    ratios, walks, parse_times = [], [], []
    # Facts of other modules come from the cache, as in every run but the first; that one is measured apart.
    folder = tempfile.mkdtemp()
    configuration = Config({"cache-dir": folder})
    first = Engine(configuration, RULES)
    cold = timed(
        lambda: [
            first.findings(ast.parse(text), text.splitlines(keepends=True), str(file)) for file, text in texts
        ]
    )
    for _ in range(rounds):
        parse = timed(lambda: [ast.parse(text) for _, text in texts])
        trees = [(file, text, ast.parse(text)) for file, text in texts]
        only_walk = timed(lambda trees=trees: [walk(tree) for _, _, tree in trees])  # type: ignore[misc]
        engine = Engine(configuration, RULES)

        def rules(trees: list[tuple[Path, str, ast.Module]] = trees, engine: Engine = engine) -> None:
            for file, text, tree in trees:
                engine.findings(tree, text.splitlines(keepends=True), str(file))

        ratios.append(timed(rules) / parse)
        walks.append(only_walk / parse)
        parse_times.append(parse)
    ratio = statistics.median(ratios)
    print(
        f"| {label} | {len(texts)} | {lines} | {statistics.median(parse_times):.2f} "
        f"| {statistics.median(walks):.2f} | {ratio:.2f} | {cold / statistics.median(parse_times) - 1:.2f} |"
    )
    shutil.rmtree(folder)
    return ratio


def import_cost(rounds: int) -> float:
    """Milliseconds that loading the plugin's entry points adds to a flake8 that is loaded."""
    program = (
        "import time, flake8.main.cli, flake8.style_guide; started = time.perf_counter(); "
        "import flake8_auditrules.plugin; print(time.perf_counter() - started)"
    )
    times = []
    with compiled() as environment:
        for _ in range(rounds + 1):
            done = subprocess.run(
                [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
            )
            times.append(float(done.stdout))
    return statistics.median(times[1:]) * 1000


@contextlib.contextmanager
def compiled() -> Iterator[dict[str, str]]:
    """An environment for processes that find the bytecode of what they import, as after a first run."""
    with tempfile.TemporaryDirectory() as place:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield {**kept, "PYTHONPYCACHEPREFIX": place}


OPEN_QUESTIONS = (
    """
import httpx

def same(thing):
    return thing

async def run():
    client = same(httpx.Client())
"""
    + "    client.get('x')\n" * 10
)


def inference_cost(rounds: int) -> tuple[float, float]:
    """
    Milliseconds of astroid for a file with an open question: the first one of a process, with the import of
    astroid, and each further one of the same file.
    """
    program = (
        "import ast, sys, time\n"
        "from flake8_auditrules.semantics.inference import Inference\n"
        "text = sys.stdin.read()\n"
        "calls = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call)"
        " and ast.unparse(one.func) == 'client.get']\n"
        "one, spent = Inference(text, 'main', 'main.py', lambda name: None), []\n"
        "for call in calls:\n"
        "    started = time.perf_counter()\n"
        "    assert one.receiver_class(call) == 'httpx.Client'\n"
        "    spent.append(time.perf_counter() - started)\n"
        "print(spent[0], sum(spent[1:]) / len(spent[1:]))\n"
    )
    first, further = [], []
    for _ in range(rounds):
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, input=OPEN_QUESTIONS, capture_output=True, text=True, check=True)
        one, other = done.stdout.split()
        first.append(float(one) * 1000)
        further.append(float(other) * 1000)
    return statistics.median(first), statistics.median(further)


def questions_asked(files: Sequence[Path]) -> tuple[int, float]:
    """How many questions the rules put to astroid over some files, and the share of their time that it takes."""
    asked: list[float] = []
    answer = Inference.receiver_class

    def counted(self: Inference, call: ast.Call) -> str | None:
        started = time.process_time()
        try:
            return answer(self, call)
        finally:
            asked.append(time.process_time() - started)

    Inference.receiver_class = counted  # type: ignore[method-assign]
    texts = sources(files)
    engine = Engine(Config({"cache-dir": ""}), RULES)
    trees = [(file, text, ast.parse(text)) for file, text in texts]
    spent = timed(
        lambda: [engine.findings(tree, text.splitlines(keepends=True), str(file)) for file, text, tree in trees]
    )
    Inference.receiver_class = answer  # type: ignore[method-assign]
    return len(asked), sum(asked) / spent if spent else 0.0


def processes(folder: Path, rounds: int) -> None:
    """Print a table of whole flake8 runs over a folder, each peer in its own environment."""
    print("\n| whole process | seconds | x bare |\n|---|---|---|")
    bare = 0.0
    with tempfile.TemporaryDirectory() as environments:
        for label, packages in PEERS.items():
            environment = Path(environments) / label.replace(" ", "-")
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
            python = environment / "bin" / "python"
            subprocess.run([python, "-m", "pip", "install", "-q", "flake8", *packages], check=True)
            times = []
            for _ in range(rounds):
                started = time.perf_counter()
                subprocess.run(
                    [python, "-m", "flake8", "--isolated", "-j1", "--exit-zero", str(folder)],
                    stdout=subprocess.DEVNULL,
                    check=True,
                )
                times.append(time.perf_counter() - started)
            seconds = statistics.median(times)
            bare = bare or seconds
            print(f"| {label} | {seconds:.2f} | {seconds / bare:.2f} |")


LINES_OF_A_PROJECT = 200_000
ALONE = """
import os, resource, sys
from flake8.plugins import finder
from flake8.main.cli import main
if sys.argv.pop(1) == "without":
    found = finder.find_plugins
    finder.find_plugins = lambda *given: [one for one in found(*given) if one.package != "flake8-auditrules"]
main(sys.argv[1:])
times = os.times()
# Linux hands `ru_maxrss` of the process that started this one on; what /proc says is its own.
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if os.path.exists("/proc/self/status"):
    with open("/proc/self/status") as status:
        most = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print("used", times.user + times.system, most, file=sys.stderr)
"""


def project(folder: Path, rounds: int) -> None:
    """Print what reading a project costs, and what one of its files costs from standard input."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "project"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".git", ".auditrules_cache", "*.pyc"))
        (copy / "pyproject.toml").touch()
        with compiled() as environment:
            from_standard_input(copy, rounds, environment)
    with tempfile.TemporaryDirectory() as place:
        part = Path(place) / "project"
        lines = 0
        for file in sorted(folder.rglob("*.py")):
            if lines < LINES_OF_A_PROJECT:
                target = part / file.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
                lines += file.read_bytes().count(b"\n")
        (part / "pyproject.toml").touch()
        preparation(part, lines, rounds)


def processor_time(work: Callable[[], object]) -> float:
    """Seconds of process time with the collector on, as in any run; what is there already it leaves alone."""
    gc.collect()
    gc.freeze()  # Else the figure tells how much this process has gathered before.
    started = time.process_time()
    work()
    return time.process_time() - started


def preparation(folder: Path, lines: int, rounds: int) -> None:
    """Print a row for reading a project: seconds of `ast.parse`, cold and warm over that."""
    files = [Path(file) for file in Project(folder).files()]
    texts = [text for _, text in sources(files)]
    parse, cold, warm = [], [], []
    for _ in range(rounds):
        shutil.rmtree(folder / ".auditrules_cache", ignore_errors=True)
        parse.append(processor_time(lambda: collections.deque(map(ast.parse, texts), maxlen=0)))
        cold.append(processor_time(Project(folder).prepare))
        time.sleep(2.5)  # Time stamps are trusted when they are older than that; these files were just made.
        Project(folder).prepare()
        warm.append(processor_time(Project(folder).prepare))
    seconds = statistics.median(parse)
    print("\n| project | files | lines | ast.parse, s | cold / parse | warm / parse |\n|---|---|---|---|---|---|")
    print(
        f"| {folder.name} | {len(texts)} | {lines} | {seconds:.2f} | {statistics.median(cold) / seconds:.2f} "
        f"| {statistics.median(warm) / seconds:.2f} |"
    )


def from_standard_input(folder: Path, rounds: int, environment: dict[str, str]) -> None:
    """Print a row for some files with coroutines, from the middle one to the longest."""
    texts = [(path, path.read_bytes()) for path in folder.rglob("*.py")]
    candidates = sorted((one for one in texts if b"async def" in one[1]), key=lambda one: len(one[1]))
    print("\n| from standard input, warm | lines | seconds added | MB added |\n|---|---|---|---|")
    for share in (0.5, 0.75, 0.9, 0.97, 0.99, 1.0):
        path, text = candidates[round(share * (len(candidates) - 1))]
        used: dict[str, tuple[float, float]] = {}
        for way in ("without", "with"):
            runs = [alone(way, path.relative_to(folder), text, folder, environment) for _ in range(rounds + 1)][1:]
            used[way] = (statistics.median(run[0] for run in runs), max(run[1] for run in runs))
        seconds, memory = (used["with"][number] - used["without"][number] for number in (0, 1))
        print(f"| {path.relative_to(folder)} | {text.count(bytes([10]))} | {seconds:.2f} | {memory:.0f} |")


def alone(way: str, name: Path, text: bytes, folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds of processor time and megabytes at the peak of flake8 over one file, with or without the suite."""
    command = [sys.executable, "-c", ALONE, way, "--isolated", "--exit-zero", "--select=E9,AUD"]
    if way == "without":
        command[-1] = "--select=E9"
    command += ["--stdin-display-name", str(name), "-"]
    done = subprocess.run(command, input=text, cwd=folder, capture_output=True, check=True, env=environment)
    _, seconds, memory = done.stderr.decode().splitlines()[-1].split()
    return float(seconds), float(memory) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, help="a large package's folder (default: mypy, as installed)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--project", type=Path, help="a project whose preparation is measured too")
    parser.add_argument("--processes", action="store_true", help="also whole flake8 runs with the peers")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    package = chosen.package or Path(sysconfig.get_path("purelib")) / "sqlalchemy"
    print(f"{len(RULES)} rules, opinions left out\n")
    print(
        "| files | number | lines | ast.parse, s | walk / parse | all rules / parse | first run / parse |\n"
        "|---|---|---|---|---|---|---|"
    )
    measure("standard library sample", standard_library_sample(), chosen.rounds)
    measure(package.name, sorted(package.rglob("*.py")), chosen.rounds)
    print(f"\nloading the plugin: {import_cost(chosen.rounds):.0f} ms")
    first, further = inference_cost(chosen.rounds)
    print(f"astroid: {first:.0f} ms for the first question of a process, {further:.2f} ms for each further one")
    for files in (standard_library_sample(), sorted(package.rglob("*.py"))):
        number, share = questions_asked(files)
        print(f"astroid: {number} questions over {len(files)} files, {share:.0%} of the rules' time")
    if chosen.project is not None:
        project(chosen.project, chosen.rounds)
    if chosen.processes:
        processes(STANDARD_LIBRARY / "asyncio", 3)


if __name__ == "__main__":
    main()
