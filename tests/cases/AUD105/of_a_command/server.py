from fastapi import FastAPI

from dumps import provider

app = FastAPI()


@app.post("/restore")
async def restore(name: str):
    return await provider().restore(name)
