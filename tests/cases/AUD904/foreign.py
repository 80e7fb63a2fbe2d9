"""Routes that are not known may have one for health."""

from fastapi import FastAPI
from operations import router

app = FastAPI()
app.include_router(router)


@app.get("/notes")
def notes():
    return []
