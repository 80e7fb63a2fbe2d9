from fastapi import FastAPI


app = FastAPI(title="Inner", openapi_url=None)



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
