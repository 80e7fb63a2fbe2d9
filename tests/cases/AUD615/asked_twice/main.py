from fastapi import FastAPI
from pydantic import BaseModel

from store import rows

app = FastAPI()


class Search(BaseModel):
    text: str
    limit: int = 10  # AUD615


@app.post("/search")
async def search(request: Search):
    found = await rows(request.text, request.limit)
    if not found:
        found = await rows("", request.limit)
    return found
