# file: tests/test_orders.py
import unittest
from http import HTTPStatus

import pytest
from fastapi import status

from app.main import client


def test_missing_returns_404():  # AUD801
    assert client.get("/orders/0").status_code == 200


async def test_no_permission_gives_403(async_client):  # AUD801
    response = await async_client.get("/orders/1")
    assert response.status_code == status.HTTP_401_UNAUTHORIZED


def test_create_201():  # AUD801
    response = client.post("/orders", json={})
    assert HTTPStatus.OK == response.status_code
    assert response.json() == {}


class OrderTest(unittest.TestCase):
    def test_422_when_empty(self):  # AUD801
        self.assertEqual(client.post("/orders").status_code, 400)
        self.assertTrue(True)


# The number is there: as a number, a name, a text.


def test_order_not_found_returns_404():
    assert client.get("/orders").status_code == 200
    assert client.get("/orders/0").status_code == 404


def test_created_is_201():
    assert client.post("/orders").status_code == status.HTTP_201_CREATED


def test_missing_is_404():
    assert client.get("/orders/0").status_code == HTTPStatus.NOT_FOUND


def test_gone_is_410():
    response = client.get("/orders/0")
    assert response.status_code == 200
    assert response.json()["code"] == "E410"


@pytest.mark.parametrize("code", [404, 410])
def test_missing_answers_404(code):
    assert client.get(f"/orders/{code}").status_code == code


@pytest.mark.parametrize(("path", "code"), [("/a", 200)])
def test_path_returns_404(path, code):
    assert client.get(path).status_code == code


# Asserted in another way.


def test_bad_returns_400():
    assert client.get("/orders/x").status_code in (400, 422)


def test_hidden_returns_403():
    assert client.get("/orders/1").status_code != 200


def test_broken_returns_500():
    assert client.get("/a").status_code == 200
    with pytest.raises(ValueError):
        client.get("/orders/1")


def test_forbidden_returns_403():
    assert client.get("/a").status_code == 200
    check_forbidden(client.get("/orders/1"))


def check_forbidden(response):
    assert response.status_code == 403


def test_all_return_404():
    def missing(path):
        return client.get(path).status_code

    assert client.get("/").status_code == 200
    assert missing("/a") == missing("/b")


# The number is somebody else's, or no status of an answer.


def test_upstream_returns_503():
    assert client.get("/orders").status_code == 200


def test_retry_when_service_returns_429():
    assert client.get("/orders").status_code == 200


def test_handles_500():
    assert client.get("/orders").status_code == 200


def test_denied_no_longer_masked_as_500():
    assert client.get("/orders/1").status_code == 403


def test_issue_404():
    assert client.get("/orders").status_code == 200


def test_page_500():
    assert client.get("/orders").status_code == 200


def test_not_404():
    assert client.get("/orders").status_code == 200


def test_returns_404_or_410():
    assert client.get("/orders").status_code == 200


def test_returns_299():
    assert client.get("/orders").status_code == 200


def test_without_status_returns_404():
    assert client.get("/orders").json() == []


def test_apostrophe_dont_return_500(client):
    assert client.post("/orders").status_code == 201


# file: app/orders.py
def test_missing_returns_404(client):
    assert client.get("/orders/0").status_code == 200
