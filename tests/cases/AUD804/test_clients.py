"""Patches of a client's class: those that the test's own client goes through, and others."""

from unittest.mock import AsyncMock, Mock, patch

import httpx
import pytest
from fastapi.testclient import TestClient
from shop import answering, app


@pytest.fixture
def client():
    with TestClient(app) as made:
        yield made


@pytest.fixture
async def api():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as made:
        yield made


@patch("httpx.Client.post")  # AUD804
def test_decorated(post, client):
    post.return_value.status_code = 201
    assert client.post("/orders", json={}).status_code == 201


async def test_asynchronous(api):
    with patch("httpx.AsyncClient.get", new_callable=AsyncMock) as get:  # AUD804
        get.return_value = Mock(status_code=200)
        response = await api.get("/orders")
    assert response.status_code == 200


async def test_object():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as own:
        with patch.object(httpx.AsyncClient, "send", return_value=Mock(status_code=200)):  # AUD804
            assert (await own.get("/orders")).status_code == 200


def test_mocker(mocker, client):
    mocker.patch("httpx.Client.request", return_value=Mock(status_code=200))  # AUD804
    assert client.get(f"/orders/{7}").status_code == 200


# -- silent ------------------------------------------------------------------------------------------------


def test_other_method(client):
    with patch("httpx.Client.get", return_value=Mock(status_code=200)):
        assert client.post("/orders").status_code == 201


def test_other_class(client):
    with patch("httpx.AsyncClient.get", return_value=Mock(status_code=200)):
        assert client.get("/orders").status_code == 200


def test_before_and_after(client):
    assert client.get("/orders").status_code == 200
    with patch("httpx.Client.get", return_value=Mock(status_code=200)):
        answering()
    assert client.get("/orders").status_code == 200


def test_deciding(client):
    with patch("httpx.Client.get", side_effect=answering) as get, patch("httpx.Client.post", answering):
        assert client.get("/orders").status_code == 200
        assert client.post("/orders").status_code == 200
    with patch("httpx.Client.get") as get:
        get.side_effect = answering
        assert client.get("/orders").status_code == 200


def test_own_name(client):
    with patch("shop.orders.client.get", return_value=Mock(status_code=200)):
        assert client.get("/orders").status_code == 200


def test_unknown_client(other):
    with patch("httpx.Client.get", return_value=Mock(status_code=200)):
        assert other.get("/orders").status_code == 200


def test_foreign_host():
    with patch("httpx.AsyncClient.get", return_value=Mock(status_code=200)):
        assert httpx.AsyncClient().get("https://example.org/").status_code == 200
