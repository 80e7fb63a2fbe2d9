"""The limit is made by hand, in a function of another file."""

from fastapi import FastAPI

import guards

app = FastAPI()
guards.install(app)


@app.post("/notes")
def add(text: str):
    return text
