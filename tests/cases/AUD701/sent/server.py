import os

from fastapi import FastAPI, Header, HTTPException

app = FastAPI()


@app.get("/models")
async def models(x_api_key: str = Header("")):
    key = os.getenv("BROKER_API_KEY", "")
    if key and x_api_key != key:
        raise HTTPException(401)
    return []
