"""States of some work, which are no failures of the request."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/jobs/{number}")
async def job(number: str):
    work = await find_work(number)
    if not work.is_ready:
        return {"status": "pending"}
    if work.failure:
        return {"status": "error", "error": work.failure}
    return {"status": "done", "value": work.value}


@app.post("/jobs")
async def start(name: str):
    work = await start_work(name)
    if work is None:
        return {"status": "error", "error": "no such work"}  # AUD612
    return {"status": "queued"}
