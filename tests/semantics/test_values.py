"""Values: ranges with their evidence, truth and literals, through names, tests, callers and classes."""

from __future__ import annotations

import ast
import math
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.instances import Nowhere
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.ranges import Range

INFINITY = math.inf


def module_with(text: str, constants: dict[str, int | str] | None = None) -> Module:
    class Elsewhere(Nowhere):
        def constant(self, qualname: str) -> int | float | str | bool | None:
            return (constants or {}).get(qualname)

    source = textwrap.dedent(text)
    return Module(ast.parse(source), source.splitlines(), name="example", elsewhere=Elsewhere())


def target(module: Module) -> ast.expr:
    """The argument of the call `target(...)`."""
    for call in module.nodes(ast.Call):
        if isinstance(call.func, ast.Name) and call.func.id == "target":
            return call.args[0]
    raise AssertionError("no target")


def value(text: str, constants: dict[str, int | str] | None = None) -> Range:
    module = module_with(text, constants)
    return module.value(target(module))


def in_function(expression: str) -> Range:
    """The range of an expression over unknown arguments."""
    return value(
        "import os, math, multiprocessing, psutil, sys\n"
        f"def f(xs, ys, unknown, *rest):\n    target({expression})\n"
    )


NO = None


@pytest.mark.parametrize(
    ("expression", "low", "high", "least"),
    [
        ("0", 0, 0, 0),
        ("-3", -3, -3, -3),
        ("2 + 3 * 4", 14, 14, 14),
        ("7 // 2", 3, 3, 3),
        ("7 / 2", 3.5, 3.5, 3.5),
        ("7 % 4", 3, 3, 3),
        ("2 ** 10", 1024, 1024, 1024),
        ("1 << 4", 16, 16, 16),
        ("17 >> 2", 4, 4, 4),
        ("abs(-4)", 4, 4, 4),
        ("True", 1, 1, 1),
        ("int(2.9)", 2, 2, 2),
        ("int('12')", 12, 12, 12),
        ("float('1.5')", 1.5, 1.5, 1.5),
        ("round(2.6)", 3, 3, 3),
        ("math.ceil(2.1)", 3, 3, 3),
        ("math.floor(2.9)", 2, 2, 2),
        ("unknown", -INFINITY, INFINITY, NO),
        ("unknown + 1", -INFINITY, INFINITY, NO),
        ("max(unknown, 0)", 0, INFINITY, NO),
        ("max(1, unknown)", 1, INFINITY, NO),
        ("min(4, unknown)", -INFINITY, 4, 4),
        ("min(0, unknown)", -INFINITY, 0, 0),
        ("len(xs)", 0, INFINITY, 0),
        ("len(xs) - 1", -1, INFINITY, -1),
        ("4 - len(xs)", -INFINITY, 4, 4),
        ("min(8, len(xs))", 0, 8, 0),
        ("min(len(xs), unknown)", -INFINITY, INFINITY, 0),
        ("max(1, len(xs))", 1, INFINITY, 1),
        ("max(len(xs), unknown)", 0, INFINITY, NO),
        ("max(1, min(len(xs), unknown))", 1, INFINITY, 1),
        ("len(xs) or 1", 1, INFINITY, 1),
        ("len(xs) and 4", 0, 4, 0),
        ("len(xs) % 4", 0, 3, 0),
        ("int(len(xs) * 0.5)", 0, INFINITY, 0),
        ("len(xs) // 2", 0, INFINITY, 0),
        ("os.cpu_count()", 1, INFINITY, 1),
        ("os.cpu_count() or 1", 1, INFINITY, 1),
        ("os.cpu_count() or 0", 0, INFINITY, 0),
        ("(os.cpu_count() or 1) // 2", 0, INFINITY, 0),
        ("os.cpu_count() // 2", 0, INFINITY, 0),
        ("os.cpu_count() - 1", 0, INFINITY, 0),
        ("max(1, os.cpu_count() - 1)", 1, INFINITY, 1),
        ("(os.cpu_count() or 2) - 1", 0, INFINITY, 0),
        ("min(4, os.cpu_count() or 1)", 1, 4, 1),
        ("min(32, (os.cpu_count() or 1) + 4)", 5, 32, 5),
        ("int((os.cpu_count() or 1) * 0.75)", 0, INFINITY, 0),
        ("multiprocessing.cpu_count()", 1, INFINITY, 1),
        ("multiprocessing.cpu_count() / 2", 0.5, INFINITY, 0.5),
        ("os.process_cpu_count() // 4", 0, INFINITY, 0),
        ("psutil.cpu_count(logical=False) // 2", 0, INFINITY, 0),
        ("len(os.sched_getaffinity(0))", 1, INFINITY, 1),
        ("int(os.getenv('N', '4'))", -INFINITY, INFINITY, 4),
        ("int(os.getenv('N', '0'))", -INFINITY, INFINITY, 0),
        ("int(os.getenv('N', 0))", -INFINITY, INFINITY, 0),
        ("int(os.environ.get('N', '0'))", -INFINITY, INFINITY, 0),
        ("int(os.environ.get('N') or 4)", -INFINITY, INFINITY, 4),
        ("int(os.environ.get('N', 0) or 4)", -INFINITY, INFINITY, 4),
        ("int(os.environ['N'])", -INFINITY, INFINITY, NO),
        ("max(1, int(os.getenv('N', '0')))", 1, INFINITY, 1),
        ("unknown if unknown else 4", -INFINITY, INFINITY, 4),
        ("0 if unknown else 4", 0, 4, 0),
        ("len(xs) if xs else 4", 1, INFINITY, 1),
        ("4 if not xs else len(xs)", 1, INFINITY, 1),
        ("12 // len(xs) if len(xs) else 1", 0, 12, 1),
        ("unknown.get('n', 0)", -INFINITY, INFINITY, 0),
        ("len('abc')", 3, 3, 3),
        ("len([1, 2])", 2, 2, 2),
        ("len([*xs, 1])", 1, INFINITY, 1),
        ("len({1, 2})", 2, 2, 2),
        ("len({'a': 1})", 1, 1, 1),
        ("len('a,b'.split(','))", 2, 2, 2),
        ("len(unknown.split(','))", 1, INFINITY, NO),
        ("len(unknown.split(','))-1", 0, INFINITY, NO),
        ("len(sys.argv)", 1, INFINITY, NO),
        ("len(sys.argv) - 1", 0, INFINITY, NO),
        ("len(rest)", 0, INFINITY, 0),
        ("len(xs.keys())", 0, INFINITY, 0),
        ("len([x for x in (1, 2)])", 2, 2, 2),
        ("len([x for x in (1, 2) if x.ok])", 0, 2, 0),
        ("len([x for x in xs])", 0, INFINITY, 0),
        ("len(xs or [1])", 1, INFINITY, 1),
        ("len(xs[:4])", 0, 4, 0),
        ("len(range(5))", 5, 5, 5),
        ("len(range(3, unknown))", 0, INFINITY, NO),
        ("len(list(xs))", 0, INFINITY, 0),
        ("len(set(xs))", 0, INFINITY, 0),
        ("len(unknown())", 0, INFINITY, 0),
        ("len(xs + [1])", 1, INFINITY, 1),
        ("[len(xs) for x in xs]", -INFINITY, INFINITY, NO),
        ("sum(1 for x in xs)", 0, INFINITY, 0),
        ("sum(xs)", -INFINITY, INFINITY, 0),
        ("max(len(x) for x in xs)", 0, INFINITY, NO),
        ("max((len(x) for x in xs), default=1)", 0, INFINITY, 1),
        ("max((len(x) for x in xs), default=0)", 0, INFINITY, 0),
        ("(n := len(xs)) and n", 0, INFINITY, 0),
        ("'%d' % 4", -INFINITY, INFINITY, NO),
        ("len(xs) - len(xs) // 2", -INFINITY, INFINITY, 0),
        ("None", INFINITY, -INFINITY, NO),
        ("len(xs) / 2", 0, INFINITY, 0),
        ("~len(xs)", -INFINITY, -1, -1),
        ("min(xs, key=len)", -INFINITY, INFINITY, NO),
    ],
)
def test_expression(expression: str, low: float, high: float, least: float | None) -> None:
    found = in_function(expression)
    assert (found.low, found.high) == (low, high)
    assert found.least == (INFINITY if least is None else least)
    assert found.reached is (least is not None and found.low == least)


def test_that_it_may_be_none() -> None:
    assert in_function("os.cpu_count()").none
    assert not in_function("os.cpu_count() or 1").none
    assert in_function("None if unknown else 1").none
    assert not in_function("os.cpu_count() + 1").none


FREE = """
    def f(jobs, n, other):
        {body}
"""


def in_body(body: str, before: str = "") -> Range:
    lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    return value(f"import os\n{textwrap.dedent(before)}\ndef f(jobs, n, other, load, count: int):\n{lines}\n")


@pytest.mark.parametrize(
    ("body", "low", "least"),
    [
        # a guard that left
        ("if not jobs:\n    return\ntarget(len(jobs))", 1, 1),
        ("if not jobs:\n    return\ntarget(len(jobs) - 1)", 0, 0),
        ("if not jobs or n:\n    return\ntarget(len(jobs))", 1, 1),
        ("if jobs:\n    target(len(jobs))", 1, 1),
        ("if not jobs:\n    target(len(jobs))", 0, 0),
        ("if len(jobs) == 0:\n    raise ValueError\ntarget(len(jobs))", 1, 1),
        ("if len(jobs) > 0:\n    target(len(jobs))", 1, 1),
        ("if len(jobs) < 2:\n    return\ntarget(len(jobs))", 2, 2),
        ("if len(jobs) <= 1:\n    return\ntarget(len(jobs) // 2)", 1, 1),
        ("if 1 <= len(jobs) < 5:\n    target(len(jobs))", 1, 1),
        ("if jobs == []:\n    return\ntarget(len(jobs))", 1, 1),
        ("if 'a' in jobs:\n    target(len(jobs))", 1, 1),
        ("while jobs:\n    target(len(jobs))", 1, 1),
        ("assert jobs\ntarget(len(jobs))", 1, 1),
        ("size = len(jobs)\nif size == 0:\n    return\ntarget(len(jobs))", 1, 1),
        ("size = len(jobs)\nif not size:\n    return\ntarget(size)", 1, 1),
        ("empty = not jobs\nif empty:\n    return\ntarget(len(jobs))", 1, 1),
        ("if (size := len(jobs)):\n    target(size)", 1, 1),
        ("if (size := len(jobs)) > 2:\n    target(size)", 3, 3),
        ("if not (found := load()):\n    return\ntarget(len(found))", 1, 1),
        ("for job in jobs:\n    target(len(jobs))", 1, 1),
        ("x = [len(jobs) for job in jobs if target(len(jobs))]", 1, 1),
        ("jobs = jobs or [1]\ntarget(len(jobs))", 1, 1),
        ("jobs = jobs if jobs else [1]\ntarget(len(jobs))", 1, 1),
        ("if not jobs:\n    jobs = [1]\ntarget(len(jobs))", 0, 1),
        ("if not jobs:\n    jobs.append(1)\ntarget(len(jobs))", 0, None),
        ("size = len(jobs)\nif not jobs:\n    return\ntarget(size)", 0, None),
        ("size = min(4, len(jobs))\nif not jobs:\n    return\ntarget(size)", 0, None),
        ("if ready(jobs):\n    target(len(jobs))", 0, None),
        ("if len(jobs) < n:\n    return\ntarget(len(jobs))", 0, None),
        ("check(jobs)\ntarget(len(jobs))", 0, None),
        ("print(jobs)\ntarget(len(jobs))", 0, 0),
        ("first = jobs[0]\ntarget(len(jobs))", 0, None),
        ("largest = max(jobs)\ntarget(len(jobs))", 0, None),
        ("first = next(iter(jobs))\ntarget(len(jobs))", 0, None),
        ("target(4 // len(jobs) if jobs else 0)", 0, 0),
        ("if isinstance(jobs, list):\n    target(len(jobs))", 0, 0),
        ("if n:\n    target(len(jobs))", 0, 0),
        # what a list was filled with
        ("xs = []\ntarget(len(xs))", 0, 0),
        ("xs = []\nxs.append(1)\ntarget(len(xs))", 0, None),
        ("xs = []\nfor job in jobs:\n    xs.append(job)\ntarget(len(xs))", 0, 0),
        ("xs = []\nfor job in (1, 2):\n    xs.append(job)\ntarget(len(xs))", 0, None),
        ("if not jobs:\n    return\nxs = []\nfor job in jobs:\n    xs.append(job)\ntarget(len(xs))", 0, None),
        ("xs = []\nfor job in jobs:\n    if job.ok:\n        xs.append(job)\ntarget(len(xs))", 0, 0),
        ("xs = []\nwhile n():\n    xs.append(1)\ntarget(len(xs))", 0, None),
        ("xs = []\nfill(xs)\ntarget(len(xs))", 0, None),
        ("xs = []\nother.xs = xs\nother.fill()\ntarget(len(xs))", 0, None),
        ("xs = []\ndef add(x):\n    xs.append(x)\nadd(1)\ntarget(len(xs))", 0, None),
        ("xs = [1]\nxs += jobs\ntarget(len(xs))", 1, 1),
        ("xs = {}\nxs['a'] = 1\ntarget(len(xs))", 0, None),
        ("try:\n    xs = [load()]\nexcept OSError:\n    xs = []\ntarget(len(xs))", 0, 0),
        # numbers
        ("if n < 1:\n    n = 1\ntarget(n)", 0, 1),
        ("if n <= 0:\n    return\ntarget(n)", 0, None),
        ("if count <= 0:\n    return\ntarget(count)", 1, None),
        ("if count == 0:\n    target(count)", 0, 0),
        ("target(count / n if n else 0)", -INFINITY, 0),
        ("if n not in (1, 2):\n    return\ntarget(n)", 1, None),
        ("if n in (1, 2):\n    target(n)", 1, None),
        ("k = 4\ntarget(k)", 4, 4),
        ("k = 0\nif n:\n    k = 4\ntarget(k)", 0, 0),
        ("k = 0\nif n:\n    k = 4\nif n:\n    target(k)", 0, 4),
        ("k = 0\nif n:\n    k = 4\nif k:\n    target(k)", 4, 4),
        ("k = 0\nif not k:\n    k = 4\ntarget(k)", 4, 4),
        ("k = os.cpu_count() // 2\nif k < 1:\n    k = 1\ntarget(k)", 1, 1),
        ("k = os.cpu_count()\nif k is None:\n    k = 1\ntarget(k)", 1, 1),
        ("k = 4\nwhile n:\n    k -= 1\ntarget(k)", -INFINITY, None),
        ("k = 4\nk -= 4\ntarget(k)", 0, 0),
        ("k = 0\nfor job in jobs:\n    k += 1\ntarget(k)", -INFINITY, 0),
        ("k = 0\nfor job in (1, 2):\n    k += 1\ntarget(k)", -INFINITY, None),
        ("a, b = 1, 2\ntarget(a)", 1, 1),
        ("a, b = load()\ntarget(a)", -INFINITY, None),
        ("for k in range(3):\n    target(k)", 0, 0),
        ("for k in range(1, n):\n    target(k)", 1, 1),
        ("for k in (2, 3):\n    target(k)", 2, 2),
        ("for k, job in enumerate(jobs, 1):\n    target(k)", 1, 1),
        ("for k in jobs:\n    target(k)", -INFINITY, None),
        ("if n:\n    a, b = 4, 2\nelse:\n    a, b = 8, 6\ntarget(a - b)", -2, None),
        ("del n\ntarget(n)", -INFINITY, None),
        ("work = lambda: target(len(jobs))", 0, None),
    ],
)
def test_in_a_function(body: str, low: float, least: float | None) -> None:
    found = in_body(body)
    assert (found.low, found.least) == (low, INFINITY if least is None else least)


@pytest.mark.parametrize(
    ("text", "low", "least"),
    [
        # constants of the module
        ("N = 0\ntarget(N)", 0, 0),
        ("N = 0\ndef f():\n    target(N)", 0, 0),
        ("N = 0\ndef g():\n    global N\n    N = 4\ndef f():\n    target(N)", 0, None),
        ("N = 0\nN = 4\nx = 1\ndef f():\n    target(N)\ny = 1", 4, 4),
        ("import os\nif os.name:\n    N = 0\nelse:\n    N = 4\ndef f():\n    target(N)\nx = 1", 0, 0),
        ("HOSTS = ('a', 'b')\ndef f():\n    target(len(HOSTS))", 2, 2),
        ("HOSTS = ['a', 'b']\ndef f():\n    target(len(HOSTS))", 2, 2),
        ("HOSTS = []\ndef f():\n    target(len(HOSTS))", 0, None),
        ("HOSTS = []\ndef add(x):\n    HOSTS.append(x)\ndef f():\n    target(len(HOSTS))", 0, None),
        ("SIZES = (4, 8)\ndef f():\n    target(SIZES[0])", 4, 4),
        ("LIMITS = {'small': 0}\ndef f():\n    target(LIMITS['small'])", 0, 0),
        # names of other modules
        ("from app.settings import WORKERS\ndef f():\n    target(WORKERS)", 0, 0),
        ("from app import settings\ndef f():\n    target(settings.WORKERS)", 0, 0),
        ("from app.settings import OTHER\ndef f():\n    target(OTHER)", -INFINITY, None),
        ("from app.settings import HOSTS\ndef f():\n    target(len(HOSTS))", 0, None),
        ("from app.settings import NAME\ndef f():\n    target(len(NAME))", 3, 3),
        # parameters
        ("def f(n=0):\n    target(n)", -INFINITY, 0),
        ("def f(n=None):\n    target(n or 4)", -INFINITY, 4),
        ("def f(n=0):\n    if not n:\n        n = 4\n    target(n)", -INFINITY, 4),
        ("def f(n: int = 0):\n    if n <= 0:\n        n = 4\n    target(n)", 1, 4),
        ("def f(n=0):\n    n = max(n, 1)\n    target(n)", 1, 1),
        ("@option\ndef f(n=0):\n    target(n)", -INFINITY, None),
        ("def _f(n):\n    target(n)\n_f(0)", 0, 0),
        ("def _f(n):\n    target(n)\n_f(4)\n_f(n=2)", 2, 2),
        ("def _f(n=3):\n    target(n)\n_f()", 3, 3),
        ("def _f(n=0):\n    target(n)\n_f(3)", 3, 3),
        ("def _f(n):\n    target(n)\n_f(4)\nrun(_f)", -INFINITY, 4),
        ("def _f(n):\n    target(n)\n_f(*a)", -INFINITY, None),
        ("def f(n):\n    target(n)\nf(0)", -INFINITY, 0),
        ("def g(jobs):\n    def f(n):\n        target(n)\n    f(len(jobs))", 0, 0),
        ("def _f(jobs):\n    target(len(jobs))\ndef g(xs):\n    if not xs:\n        return\n    _f(xs)", 1, 1),
        ("def _f(jobs):\n    target(len(jobs))\ndef g(xs):\n    _f(xs)", 0, 0),
        ("def _f(jobs):\n    target(len(jobs))\ndef g(xs):\n    if xs:\n        _f(jobs=xs)", 1, 1),
        ("class A:\n    def _f(self, n):\n        target(n)\n    def g(self):\n        self._f(0)", 0, 0),
        (
            "class A:\n    def _f(self, n):\n        target(n)\n    def g(self):\n        run(self._f)",
            -INFINITY,
            None,
        ),
        ("def _f(n):\n    target(n)\n    _f(n - 1)\n_f(3)", -INFINITY, 3),
        ("def _f(n):\n    target(n)", -INFINITY, None),
        # what functions give
        ("def size():\n    return 0\ntarget(size())", 0, 0),
        ("def size(n=0):\n    return n\ntarget(size(4))", -INFINITY, None),
        ("def hosts():\n    return ['a', 'b']\ntarget(len(hosts()))", 2, 2),
        ("def size(n):\n    return size(n)\ntarget(size(4))", -INFINITY, None),
        ("def size():\n    raise NotImplementedError\ntarget(size())", -INFINITY, None),
        ("async def size():\n    return 0\nasync def f():\n    target(await size())", 0, 0),
        ("def many():\n    yield 1\ntarget(len(list(many())))", 0, 0),
        # classes
        ("class A:\n    N = 0\n    def f(self):\n        target(self.N)", 0, 0),
        ("class A:\n    N = 0\ntarget(A.N)", 0, 0),
        ("class A:\n    N = 0\nclass B(A):\n    N = 4\ndef f(a: A):\n    target(a.N)", 0, None),
        (
            "class A:\n    n = 0\n    def __init__(self, n):\n        self.n = n\n"
            "    def f(self):\n        target(self.n)",
            -INFINITY,
            None,
        ),
        ("class A:\n    n = 0\na.n = 4\ndef f(a: A):\n    target(a.n)", -INFINITY, None),
        (
            "class A:\n    def __init__(self, n=0):\n        self.n = n\n    def f(self):\n        target(self.n)",
            -INFINITY,
            0,
        ),
        ("class A:\n    def __init__(self):\n        self.n = 0\n    def f(self):\n        target(self.n)", 0, 0),
        (
            "class A:\n    def __init__(self, xs):\n        self.xs = xs\n    def f(self):\n"
            "        target(len(self.xs))",
            0,
            0,
        ),
        (
            "class A:\n    def __init__(self, xs):\n        self.xs = xs\n    def f(self):\n"
            "        if not self.xs:\n            return\n        target(len(self.xs))",
            1,
            1,
        ),
        (
            "class A:\n    def __init__(self):\n        self.xs = []\n    def add(self, x):\n"
            "        self.xs.append(x)\n    def f(self):\n        target(len(self.xs))",
            0,
            None,
        ),
        (
            "class A:\n    @property\n    def n(self):\n        return 0\n    def f(self):\n"
            "        target(self.n)",
            0,
            0,
        ),
        (
            "from dataclasses import dataclass\n@dataclass\nclass A:\n    n: int = 0\n"
            "def f(a: A):\n    target(a.n)",
            -INFINITY,
            0,
        ),
        ("from dataclasses import dataclass\n@dataclass\nclass A:\n    n: int = 0\na = A()\ntarget(a.n)", 0, 0),
        (
            "from dataclasses import dataclass, field\n@dataclass\nclass A:\n"
            "    n: int = field(default=0)\ntarget(A().n)",
            0,
            0,
        ),
        (
            "from dataclasses import dataclass\n@dataclass\nclass A:\n    n: int = 0\na = A(n=4)\ntarget(a.n)",
            -INFINITY,
            0,
        ),
        ("import enum\nclass Size(enum.Enum):\n    NONE = 0\ntarget(Size.NONE.value)", 0, 0),
        ("import enum\nclass Size(enum.IntEnum):\n    NONE = 0\ntarget(Size.NONE)", 0, 0),
        ("import enum\nclass Size(enum.Enum):\n    A = 1\n    B = 2\ntarget(len(Size))", 1, None),
        ("class A:\n    N = 2\n    M = N * 2\n    def f(self):\n        target(self.M)", 4, 4),
    ],
)
def test_in_a_module(text: str, low: float, least: float | None) -> None:
    found = value(text, {"app.settings.WORKERS": 0, "app.settings.NAME": "abc"})
    assert (found.low, found.least) == (low, INFINITY if least is None else least)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("target('a')", "a"),
        ("target('a' + 'b')", "ab"),
        ("X = 'a'\ntarget(f'{X}-b')", "a-b"),
        ("X = 'a'\ndef f():\n    target(X)", "a"),
        ("X = 10 * 60\ndef f():\n    target(X)", 600),
        ("X = 'a'\nX = g()\ndef f():\n    target(X)", None),
        ("def f(x):\n    target(x)", None),
        ("def f(x='a'):\n    target(x)", None),
        ("def _f(x):\n    target(x)\n_f('a')\n_f('a')", "a"),
        ("def _f(x):\n    target(x)\n_f('a')\n_f('b')", None),
        ("class A:\n    X = 'a'\n    def f(self):\n        target(self.X)", "a"),
        ("class A:\n    X = 'a'\nA.X = 'b'\ntarget(A.X)", None),
        ("class A:\n    X = 'a'\nclass B(A):\n    pass\ntarget(B().X)", "a"),
        ("import enum\nclass Q(str, enum.Enum):\n    HIGH = 'high'\ntarget(Q.HIGH)", "high"),
        ("import enum\nclass Q(enum.Enum):\n    HIGH = 'high'\ntarget(Q.HIGH)", None),
        ("import enum\nclass Q(enum.Enum):\n    HIGH = 'high'\ntarget(Q.HIGH.value)", "high"),
        ("from app.settings import NAME\ntarget(NAME)", "abc"),
        ("import app.settings\ntarget(app.settings.NAME)", "abc"),
        ("from app.queues import Queue\ntarget(Queue.HIGH.value)", "high"),
        ("X = {'a': 'b'}\ntarget(X['a'])", "b"),
        ("target(None)", None),
        ("target(not [])", True),
        ("target('a' if True else 'b')", "a"),
        ("target(None or 'b')", "b"),
        ("def f(y):\n    if y:\n        x = 'a'\n    else:\n        x = 'a'\n    target(x)", "a"),
        ("def f(y):\n    if y:\n        x = 'a'\n    else:\n        x = 'b'\n    target(x)", None),
        ("from dataclasses import dataclass\n@dataclass\nclass A:\n    n: str = 'a'\ntarget(A().n)", "a"),
        (
            "from dataclasses import dataclass\n@dataclass\nclass A:\n    n: str = 'a'\n"
            "def f(a: A):\n    target(a.n)",
            None,
        ),
        ("target(int('4'))", 4),
        ("target(1.5)", 1.5),
        ("target(b'x')", b"x"),
    ],
)
def test_literal(text: str, expected: object) -> None:
    module = module_with(text, {"app.settings.NAME": "abc", "app.queues.Queue.HIGH": "high"})
    found = module.literal(target(module))
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1", True),
        ("''", False),
        ("[]", False),
        ("[x]", True),
        ("{}", False),
        ("None", False),
        ("x", None),
        ("not x", None),
        ("not 0", True),
        ("x or 1", True),
        ("x and 0", False),
        ("x and 1", None),
        ("1 < 2", True),
        ("2 <= 1", False),
        ("len(x) >= 0", True),
        ("len(x) > 0", None),
        ("len(x) < 0", False),
        ("0 <= len(x) < 0", False),
        ("'a' == 'b'", False),
        ("'a' != 'b'", True),
        ("None is None", True),
        ("1 is None", False),
        ("x is None", None),
        ("lambda: 0", True),
        ("f'a{x}'", True),
        ("f'{x}'", None),
        ("bool(1)", True),
        ("1 if x else 2", True),
        ("1 if x else 0", None),
        ("(y := 1)", True),
        ("x.y", None),
        ("x()", None),
    ],
)
def test_truth(expression: str, expected: bool | None) -> None:
    module = module_with(f"def f(x):\n    target({expression})")
    assert module.truth(target(module)) is expected


def test_truth_by_a_test() -> None:
    module = module_with("def f(x):\n    if x:\n        target(x)")
    assert module.truth(target(module)) is True
    module = module_with("DEBUG = False\ndef f():\n    target(DEBUG)")
    assert module.truth(target(module)) is False


NO_EVIDENCE = (
    """
    def f(xs):
        try:
            n = len(xs)
        except TypeError:
            n = 1
        if not n:
            n = 1
        target(n)
    """,
    """
    class A:
        def __init__(self, xs):
            if not xs:
                raise ValueError
            self.xs = xs
        def f(self):
            target(len(self.xs))
    """,
    """
    def f(xs):
        xs = list(xs)
        if not xs:
            return
        ys = [x for x in xs]
        target(len(ys))
    """,
    """
    def f(xs):
        xs = list(xs)
        if not xs:
            return
        ys = sorted(set(xs))
        target(min(4, len(ys)))
    """,
    """
    def f(xs):
        n = len(xs)
        if n > 1:
            target(n // 2)
    """,
    """
    def f(xs):
        ys = {}
        for x in xs:
            ys[x] = 1
        if not xs:
            return
        target(len(ys))
    """,
    """
    def f(xs):
        match len(xs):
            case 0:
                return
            case _:
                target(len(xs))
    """,
    """
    def f(xs):
        match xs:
            case []:
                return
        target(len(xs))
    """,
    """
    def f(xs):
        if any(xs):
            target(len(xs))
    """,
    """
    def f(xs):
        for group in batched(xs):
            if not group: continue
            target(len(group))
    """,
    """
    def f(a, b):
        both = a + b
        if not both:
            return
        target(len(a) + len(b))
    """,
    """
    def f(a, b):
        if not (a or b):
            return
        target(len(a) + len(b))
    """,
    """
    def f(a, b):
        if not a and not b:
            return
        target(max(len(a), len(b)))
    """,
    """
    import os
    N = int(os.environ.get("N", "0")) or os.cpu_count()
    target(N)
    """,
    """
    import os
    N = max(int(os.environ.get("N", "0")), 1)
    target(N)
    """,
    """
    def f(xs):
        it = iter(xs)
        first = next(it, None)
        if first is None:
            return
        target(len(xs))
    """,
    """
    def f(self):
        if not self.jobs:
            return
        with self.lock:
            target(len(self.jobs))
    """,
    """
    async def f(self):
        if not self.jobs:
            return
        await x()
        target(len(self.jobs))
    """,
    """
    def f(xs):
        if not xs:
            raise_error()
        target(len(xs))
    """,
    """
    def f(xs):
        todo = [x for x in xs if x.todo]
        if todo:
            with open(1) as g:
                target(len(todo))
    """,
    """
    def f(xs):
        n = min(8, len(xs)) if xs else 1
        target(n)
    """,
    """
    def f(total):
        workers = 0
        while workers < total:
            workers += 1
        target(workers)
    """,
    """
    def f(n_jobs):
        if n_jobs == -1:
            import os
            n_jobs = os.cpu_count()
        target(n_jobs)
    """,
    """
    def f(n_jobs=-1):
        import os
        if n_jobs == -1:
            n_jobs = os.cpu_count()
        target(n_jobs)
    """,
    """
    def f(n_jobs=-1):
        import os
        if n_jobs is None or n_jobs < 0:
            n_jobs = os.cpu_count() or 1
        target(n_jobs)
    """,
    """
    class A:
        workers: int = 0
        def f(self):
            target(self.workers or 1)
    """,
    """
    def f(args):
        if args.workers < 1:
            args.workers = 1
        target(args.workers)
    """,
    """
    def f(xs, k=0):
        if k == 0:
            k = len(xs)
        if not k:
            return
        target(k)
    """,
    """
    def g(xs):
        return [x for x in xs if x]
    def f(xs):
        ys = g(xs)
        if len(ys) == 0: raise SystemExit
        target(len(ys))
    """,
    """
    def f(xs):
        n = len(xs)
        def inner():
            target(n)
        if n:
            inner()
    """,
    """
    def f(xs):
        ys = []
        ys.extend(xs)
        target(len(ys))
    """,
    """
    def f(xs):
        ys = list(xs)
        ys.append(1)
        target(len(ys))
    """,
    """
    def f():
        xs = []
        for k in range(4):
            xs.append(k)
        target(len(xs))
    """,
    """
    import sys
    def f():
        if len(sys.argv) < 2:
            return
        target(len(sys.argv[1:]))
    """,
    """
    def f(p):
        import os
        files = os.listdir(p)
        if not len(files):
            return
        n = min(len(files), 8)
        target(n)
    """,
    """
    def f(jobs):
        return [] if not jobs else target(len(jobs))
    """,
    """
    def f(jobs):
        workers = len(jobs)
        workers = workers if workers < 8 else 8
        if workers:
            target(workers)
    """,
    """
    def f(jobs, cap):
        workers = min(cap, len(jobs))
        if workers <= 1:
            return
        target(workers)
    """,
    """
    def f(jobs, cap):
        workers = min(cap, len(jobs))
        if cap and jobs:
            target(workers)
    """,
    """
    class A:
        def run(self):
            if self.jobs:
                self._go()
        def _go(self):
            target(len(self.jobs))
    """,
    """
    def run(jobs):
        if not jobs:
            return
        go(jobs)
    def go(jobs):
        target(len(jobs))
    """,
    """
    def f(xs, parser):
        if not xs:
            parser.error("none")
        target(len(xs))
    """,
    """
    def f(xs):
        if not xs:
            abort(404)
        target(len(xs))
    """,
)

EVIDENCE = (
    """
    def f(xs, y):
        if y:
            assert xs
        target(len(xs))
    """,
    """
    def f(xs):
        if len(xs) == 1:
            return xs[0]
        target(len(xs))
    """,
    """
    def f(xs):
        n = 0
        for x in xs:
            n = max(n, x)
        target(n)
    """,
    """
    def f(xs, logger):
        if not xs:
            logger.warning("none")
        target(len(xs))
    """,
    """
    def f(xs):
        todo = [x for x in xs if x.ready]
        workers = min(8, len(todo))
        target(workers)
    """,
    """
    import os
    WORKERS = os.cpu_count() // 2
    def f():
        target(WORKERS)
    """,
    """
    def f(load):
        try:
            xs = load()
        except OSError:
            xs = []
        target(len(xs))
    """,
    """
    def f(load, cap):
        jobs = load()
        target(min(cap, len(jobs)))
    """,
)


@pytest.mark.parametrize("text", NO_EVIDENCE)
def test_that_nothing_shows_zero(text: str) -> None:
    assert value(text).least > 0


@pytest.mark.parametrize("text", EVIDENCE)
def test_that_zero_is_shown(text: str) -> None:
    assert value(text).least <= 0


def test_a_list_that_is_filled_is_not_taken_for_empty() -> None:
    module = module_with("def f(x):\n    xs = []\n    xs.append(x)\n    target(xs)")
    assert module.truth(target(module)) is None
    module = module_with("def f(x):\n    xs = [1]\n    xs.pop()\n    target(xs)")
    assert module.truth(target(module)) is None
    module = module_with("def f(x):\n    xs = [1]\n    xs.append(x)\n    target(bool(xs))")
    assert module.truth(target(module)) is True


def test_long_chains_and_deep_nests() -> None:
    assert value("target(" + " + ".join(["1"] * 800) + ")").low == 800
    assert value("def f(x):\n    target(" + " + ".join(["x"] * 800) + ")") == Range()
    assert value("target(" + "-(" * 80 + "1" + ")" * 80 + ")").least == INFINITY
    names = "\n".join(f"x{number + 1} = x{number} + 1" for number in range(300))
    value(f"x0 = 0\n{names}\ntarget(x300)")
    assert value("x = x\ntarget(x)") == Range(none=True)
    assert value("def f(n):\n    while n:\n        a = b\n        b = a\n    target(a)").least == INFINITY
    text = "if len(" + " + ".join(["x"] * 800) + ") > 0:\n    target(len(x))"
    assert value(text).low == 0
    assert value("target(10 ** 10 ** 10)").low > 0
    assert value("target(1 << 10 ** 9)").low > 0
    assert value("target(9 ** 9 ** 9 % 0)").least == INFINITY
    assert value("target(1 // 0)").empty


def test_the_order_of_questions_does_not_matter() -> None:
    text = "def f(n):\n    a = b = 1\n    while n:\n        a, b = b + 0, a\n    target(a)\n    target(b)\n"
    first, second = module_with(text), module_with(text)
    calls = [call.args[0] for call in first.nodes(ast.Call)]
    others = [call.args[0] for call in second.nodes(ast.Call)]
    forward = [first.value(call) for call in calls]
    backward = [second.value(call) for call in reversed(others)][::-1]
    assert forward == backward


# -- arithmetic keeps what it says ---------------------------------------------------------------------

NUMBERS = st.integers(-6, 6)


@st.composite
def bounded(draw: st.DrawFn) -> tuple[Range, int]:
    """A range and a number in it."""
    low, number, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    return Range(low, high, whole=True), number


OPERATORS = ["+", "-", "*", "//", "/", "%", "**", "<<", ">>", "&", "|"]
FUNCTIONS = ["min", "max", "abs", "int", "round", "math.ceil", "math.floor", "float", "-", "+", "not "]


@st.composite
def expressions(draw: st.DrawFn, depth: int = 4) -> str:
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(["a", "b", "c", "2", "0.5", "-3", "0", "7"]))
    kind = draw(st.integers(0, 5))
    first = draw(expressions(depth=depth - 1))
    second = draw(expressions(depth=depth - 1))
    if kind <= 2:
        return f"({first} {draw(st.sampled_from(OPERATORS))} {second})"
    if kind == 3:
        name = draw(st.sampled_from(FUNCTIONS))
        return f"{name}({first}, {second})" if name in ("min", "max") else f"({name}({first}))"
    if kind == 4:
        return f"({first} {draw(st.sampled_from(['or', 'and']))} {second})"
    comparison = draw(st.sampled_from(["<", ">=", "==", "!="]))
    return f"({first} if {draw(expressions(depth=depth - 1))} {comparison} {second} else {second})"


@settings(max_examples=400, deadline=None)
@given(expressions(), bounded(), bounded(), bounded())
def test_a_value_lies_in_its_range(
    text: str, a: tuple[Range, int], b: tuple[Range, int], c: tuple[Range, int]
) -> None:
    numbers = {"a": a, "b": b, "c": c}
    guards = " or ".join(
        f"not isinstance({name}, int) or {name} < {bounds.low} or {name} > {bounds.high}"
        for name, (bounds, _) in numbers.items()
    )
    module = module_with(
        f"import math\ndef f(a: int, b: int, c: int):\n    if {guards}:\n        return\n    target({text})\n"
    )
    found = module.value(target(module))
    try:
        result = eval(text, {"math": math, **{name: number for name, (_, number) in numbers.items()}})
        if isinstance(result, complex) or result != result or abs(result) > 2**60:
            return
    except (ArithmeticError, ValueError, TypeError, MemoryError):
        return
    assert found.low <= result <= found.high
    assert not found.whole or result == int(result)
    for point in found.points:
        assert found.low <= point <= found.high


@settings(max_examples=300, deadline=None)
@given(
    bounded(), bounded(), st.sampled_from(sorted(ast.operator.__subclasses__(), key=lambda kind: kind.__name__))
)
def test_evidence_lies_in_the_bounds(a: tuple[Range, int], b: tuple[Range, int], kind: type[ast.operator]) -> None:
    from flake8_auditrules.semantics.values.terms import ARITHMETIC

    compute = ARITHMETIC.get(kind)
    if compute is None:
        return
    left = a[0]._replace(least=a[1], most=a[1])
    right = b[0]._replace(least=b[1], most=b[1])
    found = compute(left, right)
    assert all(found.low <= point <= found.high for point in found.points)


def test_clipping() -> None:
    size = ranges.COLLECTION_SIZE
    assert ranges.clipped(size, 0, open_ends=True).reached
    assert ranges.clipped(size, high=0) == ranges.whole_numbers(0, 0, zero=True)._replace(dense=True)
    assert ranges.clipped(Range(0, 1), 0, open_ends=True) == Range(0, 1)
    assert ranges.clipped(Range(3, 4), 5).empty
    assert ranges.truthy(ranges.exact(0)).empty
