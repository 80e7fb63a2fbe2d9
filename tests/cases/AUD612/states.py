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


@app.get("/runs/{run}/results")
def results(run: str):
    record = load(run)
    if record.state != "COMPLETED":
        return {"ok": False, "error": {"code": "NOT_READY", "message": record.state}}
    if record.state == "LOST":
        return {"ok": False, "error": {"code": "LOST", "message": record.state}}  # AUD612
    return {"ok": True, "results": record.results}


@app.post("/runs/{run}/cancel")
def cancel(run: str):
    work = load(run)
    if work is None:
        return {"ok": False, "run": run, "running": False}
    work.cancel()
    return {"ok": True, "run": run, "running": True}


@app.post("/runs/{run}/resume")
def resume(run: str):
    work = load(run)
    if work is None:
        return {"ok": False, "message": "no such run", "running": False}  # AUD612
    work.resume()
    return {"ok": True, "message": "", "running": True}
