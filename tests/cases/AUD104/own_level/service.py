from pathlib import Path

from fastapi import FastAPI

app = FastAPI()


@app.get("/accounts")
async def accounts() -> str:
    return Path("accounts.csv").read_text()  # AUD104
