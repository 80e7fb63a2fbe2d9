"""What a heavy import costs everybody who imports the module."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
import requests

from tests.harm.proof import write_example


@pytest.mark.parametrize(("kind", "imports"), [("bad", False), ("good", True)])
def test_aud916_an_unreachable_server_stops_the_import(
    kind: str, imports: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_example("AUD916", kind, tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(requests, "get", _unreachable)
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        monkeypatch.delitem(sys.modules, name)
    try:
        if imports:
            assert importlib.import_module("shop.prices").price is not None
        else:
            with pytest.raises(requests.ConnectionError):
                importlib.import_module("shop.prices")
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
            del sys.modules[name]


def _unreachable(*arguments: object, **options: object) -> None:
    raise requests.ConnectionError("no route to host")
