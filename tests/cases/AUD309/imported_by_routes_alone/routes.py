from fastapi import FastAPI

from bus import Bus
from channels import Channel
from settings import read_config

app = FastAPI()
bus = Bus([])
settings = read_config("settings.json")


@app.post("/orders/{number}")
async def order(number: str):
    for step in ("emit", "retry"):
        await getattr(bus, step)(number)
    return {"number": number}


@app.post("/channels/{name}")
def channel(name: str, kind: str):
    return getattr(Channel(name), kind)()
