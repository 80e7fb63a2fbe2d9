"""The application limits every body."""

from fastapi import FastAPI, UploadFile

app = FastAPI(max_body_size=1_000_000)


@app.post("/lines")
async def lines(file: UploadFile):
    return len(await file.read())
