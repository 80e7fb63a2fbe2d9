"""An application of one page and what its operators ask."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def page():
    return "welcome"


@app.get("/health")
def health():
    return {"ok": True}


@app.get("/metrics")
def metrics():
    return ""


@app.get("/notes")
def notes():
    return []
