"""Middlewares that write the content's length, record bodies, or limit those of one route."""

from auditing import AuditMiddleware
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

from .routes import router

app = FastAPI()
app.include_router(router, prefix="/api")
app.add_middleware(AuditMiddleware, max_body_size=2048)


@app.middleware("http")
async def compressing_middleware(request: Request, call_next):
    response = await call_next(request)
    if int(response.headers.get("content-length", "0")) < 500:
        return response
    try:
        body = response.body[:]
    except AttributeError:
        raise TypeError("streamed")
    return Response(body, headers={"content-length": str(len(body))})


class VideoUploadLimitMiddleware:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if not (scope.get("method") == "POST" and scope.get("path") == "/api/videos"):
            return await self.app(scope, receive, send)
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if int(length) > 1_000_000:
            return await PlainTextResponse("too large", 413)(scope, receive, send)
        return await self.app(scope, receive, send)


app.add_middleware(VideoUploadLimitMiddleware)
