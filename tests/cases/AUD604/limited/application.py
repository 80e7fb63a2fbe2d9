from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

from .routes import router

app = FastAPI()
app.include_router(router)


@app.middleware("http")
async def small_only(request: Request, call_next):
    if int(request.headers.get("content-length", "0")) > 1_000_000:
        return PlainTextResponse("too large", 413)
    return await call_next(request)
