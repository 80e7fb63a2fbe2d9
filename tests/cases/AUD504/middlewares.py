"""An application makes one object of each of its middlewares."""

import time
from collections import defaultdict

from fastapi import FastAPI, Request
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse


class RateLimitMiddleware(BaseHTTPMiddleware):
    def __init__(self, app, most=60):
        super().__init__(app)
        self.most = most
        self.requests = defaultdict(list)

    async def dispatch(self, request: Request, call_next):
        client_ip = request.client.host if request.client else "unknown"
        since = time.time() - 60
        self.requests[client_ip] = [one for one in self.requests[client_ip] if one > since]  # AUD504
        if len(self.requests[client_ip]) >= self.most:
            return JSONResponse({}, status_code=429)
        self.requests[client_ip].append(time.time())
        return await call_next(request)


class SessionMiddleware:
    def __init__(self, app):
        self.app = app
        self.seen = {}

    async def __call__(self, scope, receive, send):
        session_id = scope.get("session_id") or "none"
        self.seen[session_id] = [scope]  # AUD504
        await self.app(scope, receive, send)


class TrackingMiddleware:
    def __init__(self, app):
        self.app = app
        self.connections = {}

    async def __call__(self, scope, receive, send):
        await self.track(scope["client"][0], scope)
        await self.app(scope, receive, send)

    async def track(self, client_id, scope):
        self.connections[client_id] = [scope]  # AUD504


class SweptMiddleware(BaseHTTPMiddleware):
    def __init__(self, app):
        super().__init__(app)
        self.requests = defaultdict(list)

    async def dispatch(self, request: Request, call_next):
        client_ip = request.client.host if request.client else "unknown"
        self.requests[client_ip].append(time.time())
        for known in [one for one, times in self.requests.items() if times[-1] < time.time() - 60]:
            del self.requests[known]
        return await call_next(request)


app = FastAPI()
app.add_middleware(RateLimitMiddleware, most=120)
