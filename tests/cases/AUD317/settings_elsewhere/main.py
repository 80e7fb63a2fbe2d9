import logging

from fastapi import FastAPI

from .config import settings
from .maps import place

logging.basicConfig(level=settings.log_level.upper())

app = FastAPI()


@app.get("/places/{name}")
def places(name: str):
    return place(name)
