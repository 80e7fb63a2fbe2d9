"""Two routes hand their values to one function: its URL is one defect."""

import remote
from fastapi import FastAPI

app = FastAPI()


@app.get("/profile")
def profile(name: str):
    return remote.fetch(name)  # AUD621


@app.get("/picture")
def picture(name: str):
    return remote.fetch(name)
