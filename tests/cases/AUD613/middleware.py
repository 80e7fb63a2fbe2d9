"""A middleware answers all failures before the debug mode sees them."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI(debug=True)


@app.middleware("http")
async def answer_failures(request: Request, call_next):
    try:
        return await call_next(request)
    except Exception:
        return JSONResponse({"error": "internal"}, 500)
