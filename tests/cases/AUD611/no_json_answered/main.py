"""An application that answers for what is no JSON."""

import json

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from routes import router

app = FastAPI()
app.include_router(router)


@app.exception_handler(json.JSONDecodeError)
async def no_json(request: Request, error: json.JSONDecodeError):
    return JSONResponse({"detail": "the body is no JSON"}, status_code=400)
