"""Measured loads: how psutil's functions wait for the load of the processors."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module

LOAD_OF_PROCESSORS: frozenset[str] = frozenset({"cpu_percent", "cpu_times_percent"})
"""The last names of what waits for the interval that it is given, and without one for nothing."""


def measures_at_once(module: Module, call: ast.Call) -> bool:
    """Whether a call of one of these is given no interval to wait for."""
    interval = module.argument(call, "interval", 0)
    return interval is None or (isinstance(interval, ast.Constant) and not interval.value)
