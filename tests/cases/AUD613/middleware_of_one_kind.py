"""A middleware answers one kind of failure alone."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI(debug=True)  # AUD613


@app.middleware("http")
async def answer_failures(request: Request, call_next):
    try:
        return await call_next(request)
    except ValueError:
        return JSONResponse({"error": "value"}, 400)
