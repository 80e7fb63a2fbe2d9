"""An application that only reads."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/notes")
def notes():
    return []
