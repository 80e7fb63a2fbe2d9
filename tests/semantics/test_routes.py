"""Routes: which functions are called from outside, and what status an expression gives."""

from __future__ import annotations

import ast

import pytest

from flake8_auditrules.semantics.routes import Role, roles, status_of
from tests.conftest import module_of


@pytest.mark.parametrize(
    ("setup", "decorator", "role"),
    [
        ("from fastapi import APIRouter\nrouter = APIRouter()", "@router.get('/x')", Role.ROUTE),
        ("from fastapi import APIRouter\nr = APIRouter()", "@r.api_route('/x', methods=['GET'])", Role.ROUTE),
        ("from app import router", "@router.post('/x')", Role.ROUTE),
        ("from app import cache", "@cache.get('key')", None),
        ("import fastapi\nfrom app import users_router, paths", "@users_router.get(paths.USERS)", Role.ROUTE),
        ("import flask\nfrom app import bp", "@bp.route(PREFIX + '/x', methods=['POST'])", Role.ROUTE),
        ("import fastapi\nfrom app import cache, KEY", "@cache.get(KEY)", None),
        ("from tool import router, KEY", "@router.get(KEY)", None),
        ("from flask import Blueprint\nb = Blueprint('b', __name__)", "@b.route('/x')", Role.ROUTE),
        ("from fastapi import APIRouter\nrouter = APIRouter()", "@router.websocket('/x')", Role.WEBSOCKET),
        ("from aiohttp import web\nroutes = web.RouteTableDef()", "@routes.get('/x')", Role.ROUTE),
        ("from celery import shared_task", "@shared_task", Role.TASK),
        ("from celery import shared_task", "@shared_task(bind=True)", Role.TASK),
        ("from celery import Celery\napp = Celery()", "@app.task", Role.TASK),
        ("from app.worker import celery_app", "@celery_app.task(bind=True)", Role.TASK),
        ("from app.worker import board", "@board.task", None),
        ("from fastapi import FastAPI\napp = FastAPI()", "@app.exception_handler(Exception)", Role.ERROR_HANDLER),
    ],
)
def test_decorators(setup: str, decorator: str, role: Role | None) -> None:
    module = module_of(f"{setup}\n{decorator}\ndef f(): pass\n")
    assert roles(module).get(module.nodes(ast.FunctionDef)[0]) is role


@pytest.mark.parametrize(
    ("setup", "call", "role"),
    [
        ("from fastapi import APIRouter", "APIRouter().add_api_route('/x', f)", Role.ROUTE),
        ("from flask import Flask\napp = Flask('x')", "app.add_url_rule('/x', view_func=f)", Role.ROUTE),
        ("from starlette.routing import Route", "Route('/x', f)", Role.ROUTE),
        ("from aiohttp import web", "web.get('/x', f)", Role.ROUTE),
        ("from fastapi import Depends", "g(Depends(f))", Role.DEPENDENCY),
    ],
)
def test_registration_by_calls(setup: str, call: str, role: Role) -> None:
    module = module_of(f"{setup}\ndef f(): pass\n{call}\n")
    assert roles(module).get(module.nodes(ast.FunctionDef)[0]) is role


def test_views() -> None:
    module = module_of(
        """
        from flask.views import MethodView

        class Items(MethodView):
            def get(self): ...
            def load(self): ...
        """
    )
    assert [function.name for function in roles(module)] == ["get"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("500", 500),
        ("status.HTTP_502_BAD_GATEWAY", 502),
        ("HTTPStatus.NOT_FOUND", 404),
        ("HTTPStatus.NOT_FOUND.value", 404),
        ("CODE", 418),
        ("code", None),
    ],
)
def test_statuses(text: str, status: int | None) -> None:
    module = module_of(f"from fastapi import status\nfrom http import HTTPStatus\nCODE = 418\n{text}\n")
    assert status_of(module, module.nodes(ast.Expr)[0].value) == status
