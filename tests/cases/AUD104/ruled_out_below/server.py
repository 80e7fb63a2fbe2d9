from fastapi import FastAPI

from search import found_here, found_anywhere, found_with_index, looked_up, looked_up_anyway

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


@app.get("/handed")
async def handed_on(name: str):
    return looked_up(name, include_registry=False)


@app.get("/anyway")
async def handed_on_anyway(name: str):
    return looked_up_anyway(name, include_registry=False)  # AUD104
