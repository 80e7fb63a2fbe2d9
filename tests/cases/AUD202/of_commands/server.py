from fastapi import FastAPI

from snapshots import Remote

app = FastAPI()


@app.delete("/branches/{name}")
async def remove(name: str):
    return (await Remote("https://api.example.com").remove(name)).status_code
