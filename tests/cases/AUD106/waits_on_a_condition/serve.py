from fastapi import FastAPI

from reading import Reader, measured

app = FastAPI()


@app.get("/position")
async def position(name: str):
    """Who reads a remote source has another way to it."""
    return Reader(name).position()


@app.get("/size")
async def size(name: str):
    return Reader(name).size()  # AUD106


@app.get("/measured")
async def measure(name: str):
    """The condition is that a loop is running, which it is."""
    return measured(name)  # AUD106
