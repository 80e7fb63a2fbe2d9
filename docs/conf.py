"""Settings of the documentation site: `sphinx-build docs build/site`."""

from __future__ import annotations

import flake8_auditrules

project = "flake8-auditrules"
version = release = flake8_auditrules.__version__
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns: list[str] = []
html_theme = "alabaster"
html_theme_options = {"description": "What audits of Python backends find, found by flake8", "fixed_sidebar": True}
