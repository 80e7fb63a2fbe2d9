"""The metrics are in another file."""

from fastapi import FastAPI

from counters import serve

app = FastAPI()
serve(app)


@app.get("/notes")
def notes():
    return []
