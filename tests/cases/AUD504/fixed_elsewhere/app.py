from fastapi import FastAPI

from registry import agent, dispatch, register

app = FastAPI()
SUPERVISOR_ID = "supervisor"


async def prepare():
    register("echo", object())
    register(SUPERVISOR_ID, object())


@app.post("/agents/{agent_id}")
async def start(agent_id: str):
    await prepare()
    dispatch(agent_id, object())
    return agent(agent_id)
