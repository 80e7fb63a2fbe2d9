"""The id is only set, in another file."""

from fastapi import FastAPI

import numbers_of_requests

app = FastAPI()
numbers_of_requests.install(app)


@app.get("/notes")
def notes():
    return []
