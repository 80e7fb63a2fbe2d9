"""AUD501: a pool with no workers."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator

from flake8_auditrules.knowledge import executors
from flake8_auditrules.project.callers import callers_of, given_by_callers
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.lengths import is_length_of_data
from flake8_auditrules.semantics.ranges import Range
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.values import Values

_MAXIMUM_HOPS = 4


class ZeroWorkers(Rule):
    """
    ## What it does
    Finds executors, process pools, semaphores and capacity limiters whose computed size can be zero or less, by
    evaluating the expression: `min`, `max`, `or`, `//`, `int()`, `len()`, `os.cpu_count()`, constants, and
    parameters by what callers in this and in other modules of the project give. Guards on the way (`if not jobs:
    return`) count. How many an object holds, a function of the module gives, or a private function is given, is
    taken to be known there. An executor made with the literal 0 is found too; a semaphore made with the literal 0
    is a closed gate and is left alone.

    ## Why it matters
    `ThreadPoolExecutor(max_workers=0)` and `Pool(0)` raise `ValueError`, often only on the one machine where
    `os.cpu_count() // 2` is 0, or on the one day when the list is empty. A semaphore of 0 raises nothing: the
    first `acquire` waits for ever.

    ## When to silence it
    When a caller that the rule cannot see has already left for the empty case.
    """

    code = "AUD501"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    calls = executors.SIZED
    reach = Reach.PROJECT
    message = "`{size}` can be {lowest}{where}, and `{callee}` then {outcome}; use `max(1, ...)` or leave before"
    examined = "sizes of pools are always at least one"

    bad = (
        """
        from concurrent.futures import ThreadPoolExecutor

        def convert_all(images, convert):
            with ThreadPoolExecutor(max_workers=min(8, len(images))) as pool:  # AUD501
                return list(pool.map(convert, images))
        """,
        """
        import os
        from multiprocessing import Pool

        def make_pool():
            return Pool(os.cpu_count() // 2)  # AUD501
        """,
        """
        import asyncio

        async def fetch_all(fetch, urls):
            gate = asyncio.Semaphore(len(urls) // 2)  # AUD501

            async def one(url):
                async with gate:
                    return await fetch(url)

            return await asyncio.gather(*[one(url) for url in urls])
        """,
    )
    good = (
        """
        from concurrent.futures import ThreadPoolExecutor

        def convert_all(images, convert):
            if not images:
                return []
            with ThreadPoolExecutor(max_workers=min(8, len(images))) as pool:
                return list(pool.map(convert, images))
        """,
        """
        import os
        from multiprocessing import Pool

        def make_pool():
            return Pool(max(1, (os.cpu_count() or 1) // 2))
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a constructor whose size is known to be zero or less for some state of the program."""
        callee = self.module.called(node, executors.SIZED) or ""
        sized = executors.SIZED[callee]
        size = self.module.argument(node, sized.keyword, sized.position)
        if size is None:
            return
        value, giver = self._value(size)
        # `or`, a condition or a test before the call may leave None, which means the default.
        if value.least > 0 or (not sized.raises and value.exact and isinstance(size, ast.Constant)):
            self.passed(node)
            return
        if self._rests_on_another_module(size, 0) or is_length_of_data(self.module, size):
            return
        self.report(
            node,
            size=self.module.text(size),
            lowest=f"{value.least:g}",
            where=f" ({giver})" if giver else "",
            callee=callee.rpartition(".")[2],
            outcome=sized.outcome,
        )

    def _value(self, size: ast.expr) -> tuple[Range, str]:
        """
        What the size can be, and the file and line of the call in another module that makes it what it is.

        Callers in other modules are asked only where a parameter of a function has to do with the size.
        """
        module = self.module
        value = module.value(size)
        parameters = list(self._parameters_behind(size, 0))
        if not any(callers_of(self.project, module, function) for function, _ in parameters):
            return value, ""
        given = given_by_callers(self.project, module)
        with_callers = Values(module, given).value(size)
        if with_callers.least >= value.least:
            return with_callers, ""
        return with_callers, self._giver(parameters)

    def _giver(self, parameters: list[tuple[FunctionNode, ast.arg]]) -> str:
        """The file and line of the call that gives the lowest number for one of these parameters."""
        lowest: tuple[float, str] = (math.inf, "")
        for function, parameter in parameters:
            for caller in callers_of(self.project, self.module, function):
                names = self.module.instances.positional_parameters(function)
                position = names.index(parameter.arg) if parameter.arg in names else None
                argument = caller.module.argument(caller.call, parameter.arg, position)
                if argument is not None:
                    values = caller.module.values
                    least = min(values.value(argument).least, values.size(argument).least)
                    if least < lowest[0]:
                        lowest = (least, f"{self.project.relative(caller.module.path)}:{caller.call.lineno}")
        return lowest[1]

    def _parameters_behind(self, expression: ast.expr, hops: int) -> Iterator[tuple[FunctionNode, ast.arg]]:
        """The parameters, each with its function, that names in an expression stand for."""
        if hops > _MAXIMUM_HOPS:
            return
        module = self.module
        for name in ast.walk(expression):
            if not isinstance(name, ast.Name):
                continue
            for binding in module.bindings(name):
                if binding.kind is BindingKind.PARAMETER and isinstance(binding.site, ast.arg):
                    arguments = module.parent(binding.site)
                    function = module.parent(arguments) if arguments is not None else None
                    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                        yield function, binding.site
                elif binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                    yield from self._parameters_behind(binding.value, hops + 1)

    def _rests_on_another_module(self, expression: ast.expr, hops: int) -> bool:
        """Whether the size is that of what a function of another module of the project gives: it may know more."""
        module = self.module
        own = module.name.partition(".")[0]
        if not own or hops > _MAXIMUM_HOPS:
            return False
        for name in ast.walk(expression):
            if not isinstance(name, ast.Name):
                continue
            for binding in module.bindings(name):
                if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
                    continue
                value = binding.value.value if isinstance(binding.value, ast.Await) else binding.value
                callee = module.callee(value) if isinstance(value, ast.Call) else None
                if callee is not None and callee.startswith(f"{own}."):
                    if module.instances.local_function(callee) is None:
                        return True
                if self._rests_on_another_module(value, hops + 1):
                    return True
        return False
