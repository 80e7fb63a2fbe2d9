"""A server that takes its address from the command line."""

import argparse

import httpx
from fastapi import FastAPI

app = FastAPI()


@app.post("/items/{number}")
async def put_item(number: int, tags: list[str]) -> dict[str, int]:
    async with httpx.AsyncClient(base_url="https://shelf.example.com") as client:
        try:
            await client.put(f"/items/{number}/tags", json={"tags": tags})
        except Exception:  # AUD302
            pass
    return {"number": number}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args()
