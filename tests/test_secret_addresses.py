"""AUD313's option `query-strings`: secrets in the addresses that a program asks."""

from __future__ import annotations

import textwrap

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.rules.errors.secret_in_log import SecretInLog
from tests.conftest import reported

ASKED = {
    "an argument": """
        def ask(client, address, api_key):
            client.get(f"{address}/ask?page=1&apikey={api_key}")
        """,
    "a name": """
        def ask(client, address, api_key):
            url = f"{address}/ask?apikey={api_key}"
            return client.get(url, timeout=5)
        """,
    "a transport": """
        def ask(transport, address, api_key):
            return transport.HttpTransport(url=f"{address}/ask?apikey={api_key}")
        """,
    "parameters": """
        import requests

        def ask(api_key):
            return requests.get("https://example.com", params={"key": api_key})
        """,
}
NOT_ASKED = {
    "a form": """
        def exchange(client, address, api_key):
            client.post(address, content=f"grant_type=key&apikey={api_key}")
        """,
    "a link for a browser": """
        def link(address, access_token):
            return f"{address}/editor?token={access_token}"
        """,
    "the address of a web hook": """
        def hook(register, address, webhook_secret):
            url = f"{address}/inbound?token={webhook_secret}"
            register(url)
        """,
    "a header": """
        import requests

        def ask(api_key):
            return requests.get("https://example.com", headers={"Authorization": f"Bearer {api_key}"})
        """,
}


def count(text: str, config: Config | None = None) -> int:
    return len(reported(SecretInLog, {"example.py": textwrap.dedent(text)}, config))


@pytest.mark.parametrize("text", ASKED.values(), ids=ASKED)
def test_a_secret_in_an_asked_address_is_reported_on_request(text: str) -> None:
    assert count(text) == 0
    assert count(text, Config(rules={"secret-in-log": {"query-strings": True}})) == 1


@pytest.mark.parametrize("text", NOT_ASKED.values(), ids=NOT_ASKED)
def test_other_addresses_are_left_alone(text: str) -> None:
    assert count(text, Config(rules={"secret-in-log": {"query-strings": True}})) == 0
