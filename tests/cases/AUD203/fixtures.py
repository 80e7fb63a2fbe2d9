"""A plugin of pytest in the package: only tests run it."""

import pytest
import requests


@pytest.fixture(scope="session")
def api_schema(api_url):
    return requests.get(api_url).json()
