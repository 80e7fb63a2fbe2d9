"""A middleware that by its name limits every body."""

from elsewhere.limits import ContentSizeLimitMiddleware
from fastapi import FastAPI, UploadFile

app = FastAPI()
app.add_middleware(ContentSizeLimitMiddleware, limit=1_000_000)


@app.post("/lines")
async def lines(file: UploadFile):
    return len(await file.read())
