from fastapi import FastAPI
from services import find

app = FastAPI()


@app.get("/orders/{number}")
def order(number: str):
    return find(number)
