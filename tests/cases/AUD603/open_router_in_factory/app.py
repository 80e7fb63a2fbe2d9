"""The application, which a function makes, with a middleware that turns nobody away."""

import time

import bills
import documents
import orders
import pictures
import users
import webhooks
from fastapi import FastAPI
from starlette.middleware.base import BaseHTTPMiddleware


class TimingMiddleware(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        started = time.monotonic()
        response = await call_next(request)
        response.headers["X-Time"] = str(time.monotonic() - started)
        return response


def create_app():
    app = FastAPI()
    app.add_middleware(TimingMiddleware)
    app.include_router(bills.router)
    app.include_router(documents.router)
    app.include_router(orders.router)
    app.include_router(pictures.router)
    app.include_router(users.router)
    app.include_router(webhooks.router)
    return app
