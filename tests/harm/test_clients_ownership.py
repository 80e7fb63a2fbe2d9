"""Proofs of AUD204, AUD211 and AUD212: what is opened and not closed, what is made and not removed."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.harm.proof import run_example


def unclosed(work: Callable[[], object]) -> int:
    """How many unclosed things the interpreter warns of while and after `work` runs."""
    gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        work()
        gc.collect()
    return sum(issubclass(warning.category, ResourceWarning) for warning in caught)


def test_aud211_an_inline_file_is_left_to_the_collector(tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"a": 1}')
    assert unclosed(lambda: run_example("AUD211", "bad").read_settings(settings)) == 1
    assert unclosed(lambda: run_example("AUD211", "good").read_settings(settings)) == 0


def test_aud211_an_early_return_leaves_the_file_open(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("")
    assert unclosed(lambda: run_example("AUD211", "bad", 1).read_header(table)) == 1
    assert unclosed(lambda: run_example("AUD211", "good", 1).read_header(table)) == 0


def test_aud211_the_size_of_an_image_keeps_its_file_open(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    Image.new("RGB", (3, 2)).save(picture)
    assert unclosed(lambda: run_example("AUD211", "bad", 2).size_of(picture)) == 1
