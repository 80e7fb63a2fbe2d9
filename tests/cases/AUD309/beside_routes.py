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


async def expire(agents):
    for agent in agents:
        print(f"{agent} has gone")  # AUD309
        await agent.expire()


async def start_agents(agents):
    print("agents start")
    await agents.connect()


def refresh(agents):
    print("agents are refreshed")
    try:
        agents.connect()
    except OSError as error:
        print("no agents:", error)  # AUD309
