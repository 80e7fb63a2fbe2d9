"""AUD302: its option `any-work` (what else is missed than what is asked for), and the call that it names."""

from __future__ import annotations

import textwrap

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.rules.errors.swallowed_exception import SwallowedException
from tests.conftest import reported

MISSED_BY_ALL = {
    "an upload": """
        async def publish(provider, picture):
            try:
                await provider.upload_picture(picture)
            except Exception:
                pass
            return picture
        """,
    "a request": """
        import requests

        def price(url):
            try:
                return requests.get(url, timeout=5).json()["price"]
            except Exception:
                return None
        """,
}
MISSED_BY_SOME = {
    "a message": """
        def order(client, address, goods):
            try:
                client.post_order(address, goods)
            except Exception:
                pass
        """,
}
MISSED_BY_NOBODY = {
    "a conversion": """
        def number(text):
            try:
                return int(text)
            except Exception:
                return None
        """,
    "tidying up": """
        def end(client):
            try:
                client.close()
            except Exception:
                pass
        """,
    "a narrow class": """
        import requests

        def price(url):
            try:
                return requests.get(url, timeout=5).json()["price"]
            except requests.ConnectionError:
                return None
        """,
}
ANY_WORK = Config(rules={"swallowed-exception": {"any-work": True}})


def count(text: str, config: Config | None = None) -> int:
    return len(reported(SwallowedException, {"example.py": textwrap.dedent(text)}, config))


@pytest.mark.parametrize("text", MISSED_BY_ALL.values(), ids=MISSED_BY_ALL)
def test_what_everybody_misses_is_reported_always(text: str) -> None:
    assert count(text) == 1
    assert count(text, ANY_WORK) == 1


@pytest.mark.parametrize("text", MISSED_BY_SOME.values(), ids=MISSED_BY_SOME)
def test_work_of_any_kind_is_reported_on_request(text: str) -> None:
    assert count(text) == 0
    assert count(text, ANY_WORK) == 1


@pytest.mark.parametrize("text", MISSED_BY_NOBODY.values(), ids=MISSED_BY_NOBODY)
def test_what_nobody_misses_is_left_alone(text: str) -> None:
    assert count(text, ANY_WORK) == 0


def test_work_is_named_by_what_is_not_dealt_with_inside() -> None:
    text = textwrap.dedent(
        """
        class Sessions:
            def save_session(self, key):
                try:
                    try:
                        return self.store.save_session(key)
                    except Exception:
                        logger.exception("the other store is asked")
                    return self.spare_store.save_session(key)
                except Exception:
                    return None
        """
    )
    ((_, finding),) = reported(SwallowedException, {"example.py": text})
    assert "`self.spare_store.save_session(...)`" in finding.text
