"""The application."""

import bills
import documents
import orders
import pictures
import users
import webhooks
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
app.include_router(bills.router)
app.include_router(documents.router)
app.include_router(orders.router)
app.include_router(pictures.router)
app.include_router(users.router)
app.include_router(webhooks.router)
