from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
app.mount("/static", StaticFiles(directory="static"))


@app.get("/notes")
def notes():
    return []


@app.get("/authors")
def authors():
    return []


@app.post("/notes")
def write():
    return {}


@app.delete("/notes/{number}")
def remove(number: int):
    return {"removed": number}
