"""Bodies that a middleware reads before the routes."""

from fastapi import FastAPI, Request
from starlette.middleware.base import BaseHTTPMiddleware

app = FastAPI()


class Recording(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        body = await request.body()  # AUD604
        print(body)
        return await call_next(request)


class Asking(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if int(request.headers.get("content-length", 0)) > 1000:
            return None
        print(await request.body())
        return await call_next(request)


class Other:
    async def dispatch(self, request: Request, call_next):
        print(await request.body())


@app.middleware("http")
async def shown(request: Request, call_next):
    await show(request)
    return await call_next(request)


async def show(request: Request):
    print(await request.body())  # AUD604


async def shown_by_nobody(request: Request):
    print(await request.body())
