"""The walk indexes every node worth asking for, once, with its parent, in source order."""

from __future__ import annotations

import ast
import sys

import pytest

from flake8_auditrules.semantics.walk import children, walk

NOT_INDEXED = (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop, ast.type_ignore)

EVERYTHING = '''
"""Module."""
from __future__ import annotations
import os.path as p, sys
from a import *

@decorated(by=1)
class C(Base, metaclass=M):
    x: int = 1

    @property
    async def m(self, a, /, b: str = "d", *args: int, c=None, **kwargs) -> "R":
        global g
        async with open(a) as f, b as (g, h):
            yield await f
        async for i in j:
            return
        else:
            pass
        try:
            raise E from None
        except (A, B) as e:
            del e
        except:
            ...
        else:
            x += 1
        finally:
            assert x, "m"
        return [u for v in w if v for u in v], {k: n for k, n in z}, {s for s in t}, (q for q in r)

def f():
    n = 0
    def inner():
        nonlocal n
        n = lambda y=1: (yy := y)
    match n:
        case {"k": v, **rest}:
            pass
        case [1, *others] | Point(x=0, y=1) | None as named:
            pass
    while not n < 3 <= 4:
        break
    print(f"{n!r:>{width}}", *args, x[1:2, ...], -n if n else a.b.c, **kwargs)
'''


@pytest.mark.parametrize("source", [EVERYTHING])
def test_every_node_is_indexed_once_with_its_parent(source: str) -> None:
    tree = ast.parse(source)
    index = walk(tree)
    indexed = [node for nodes in index.nodes.values() for node in nodes]
    assert len(indexed) == len(set(indexed))
    expected = {node for node in ast.walk(tree) if not isinstance(node, NOT_INDEXED)}
    assert {type(node).__name__ for node in expected - set(indexed)} == set()
    assert set(indexed) <= expected
    for node in expected:
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, NOT_INDEXED):
                assert index.parents[child] is node, f"{type(child).__name__} in {type(node).__name__}"


def test_source_order() -> None:
    index = walk(ast.parse("a(b(1), c(2))\nd(e(3))\n"))
    calls = [(node.lineno, node.col_offset) for node in index.nodes[ast.Call] if isinstance(node, ast.Call)]
    assert calls == sorted(calls)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters are new in Python 3.12")
def test_type_parameters() -> None:
    source = "class C[T: int, *Ts, **P](B[T]):\n    pass\ndef f[T](a: T) -> T: ...\ntype X[T] = list[T]\n"
    tree = ast.parse(source)
    index = walk(tree)
    assert set(index.root.bindings) == {"C", "f", "X"}
    indexed = {node for nodes in index.nodes.values() for node in nodes}
    assert {node for node in ast.walk(tree) if not isinstance(node, NOT_INDEXED)} == indexed


def test_children_are_the_nodes_directly_below() -> None:
    for node in ast.walk(ast.parse(EVERYTHING)):
        below = [child for child in ast.iter_child_nodes(node) if not isinstance(child, NOT_INDEXED)]
        assert children(node) == below
