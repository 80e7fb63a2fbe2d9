"""Numbers that say how many documents a cursor gives."""

from fastapi import Depends, FastAPI

app = FastAPI()


@app.get("/orders")
async def orders(limit: int = 10, collection=Depends(get_collection)):  # AUD615
    return await collection.find().to_list(length=limit)


@app.get("/invoices")
async def invoices(limit: int = 10, collection=Depends(get_collection)):
    return await collection.find().to_list(length=min(limit, 100))
