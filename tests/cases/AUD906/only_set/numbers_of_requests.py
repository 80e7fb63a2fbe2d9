"""What each request gets."""

from uuid import uuid4


def install(app):
    async def number(request, call_next):
        request.state.request_id = uuid4().hex
        return await call_next(request)

    app.middleware("http")(number)
