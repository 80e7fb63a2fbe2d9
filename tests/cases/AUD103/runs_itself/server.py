from fastapi import FastAPI
from state import state

app = FastAPI()


@app.get("/state")
def show():
    return state()
