"""The application."""

import bills
import documents
import orders
import pictures
import users
import webhooks
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])


@app.middleware("http")
async def ask(request, call_next):
    if not request.headers.get("x-key"):
        return JSONResponse({}, status_code=400)
    return await call_next(request)


app.include_router(bills.router)
app.include_router(documents.router)
app.include_router(orders.router)
app.include_router(pictures.router)
app.include_router(users.router)
app.include_router(webhooks.router)
