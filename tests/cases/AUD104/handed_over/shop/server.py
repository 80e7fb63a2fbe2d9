from pathlib import Path

from fastapi import FastAPI

from shop.service import Service

app = FastAPI()


@app.get("/settings")
async def settings():
    return await Service().settings(Path("settings.json"))
