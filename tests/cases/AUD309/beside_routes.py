"""Failures that are printed in the module of a server that has no logger."""

import asyncio

from fastapi import FastAPI

app = FastAPI()


async def watch(agents):
    while True:
        try:
            await agents.refresh()
        except Exception as error:
            print(f"[watch] {error}")  # AUD309
        await asyncio.sleep(30)


@app.get("/agents")
async def listed():
    return []


def start(agents):
    print("started")
    try:
        agents.connect()
    except OSError as error:
        print("no agents:", error)
