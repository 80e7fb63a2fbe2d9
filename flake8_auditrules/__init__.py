"""flake8-auditrules: what an audit of a Python backend finds, found by flake8."""

from __future__ import annotations

__version__ = "0.1.0"
