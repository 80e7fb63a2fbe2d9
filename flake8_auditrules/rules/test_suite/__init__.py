"""Tests: the family AUD8."""

from __future__ import annotations

PREFIX = "AUD8"
TITLE = "Tests"
PARAGRAPH = "Tests that do not test. These rules look at test files only."
