"""The handler is registered in another file."""

from fastapi import FastAPI

from failures import install

app = FastAPI()
install(app)


@app.get("/notes")
def notes():
    return []
