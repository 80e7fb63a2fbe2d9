"""Proofs of AUD3: what happens when something goes wrong."""

from __future__ import annotations

import pytest

from tests.harm.proof import run_example


def interrupted() -> str:
    raise KeyboardInterrupt


def test_aud301_keyboard_interrupt_is_swallowed() -> None:
    assert run_example("AUD301", "bad").read_number(interrupted) is None


def test_aud301_good_examples_let_it_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        run_example("AUD301", "good").read_number(interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_example("AUD301", "good", 1).read_number(interrupted, print)
