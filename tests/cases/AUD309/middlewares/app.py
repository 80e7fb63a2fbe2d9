from fastapi import FastAPI
from starlette.middleware.base import BaseHTTPMiddleware

from settings import Settings

app = FastAPI()
settings = Settings()


class Hosts:
    def __init__(self, app, hosts):
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope, receive, send):
        if scope["client"][0] not in self.hosts:
            print("unknown host")  # AUD309
        await self.app(scope, receive, send)


class Times(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        print("a request")  # AUD309
        return await call_next(request)

    def describe(self):
        print("times every request")
