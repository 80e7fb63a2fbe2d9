from fastapi import FastAPI

from search import found_here, found_anywhere, found_with_index

app = FastAPI()


@app.get("/here")
async def here(name: str):
    return found_here(name)


@app.get("/anywhere")
async def anywhere(name: str):
    return found_anywhere(name)  # AUD104


@app.get("/index")
async def with_index(name: str):
    return found_with_index(name)  # AUD104
