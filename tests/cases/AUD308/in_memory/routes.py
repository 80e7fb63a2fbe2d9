from fastapi import FastAPI, HTTPException

from .plans import Told, build, counts, depth, kept_plan, steps_of, wrapped

app = FastAPI()


@app.post("/plans")
async def make(body: dict):
    try:
        plan = build(body)
    except Exception as error:
        raise HTTPException(400, f"Invalid plan: {error}")
    return {"steps": len(plan.steps)}


@app.post("/plans/counts")
async def count(name: str):
    try:
        counts.add(name)
        return {"counts": counts.all()}
    except Exception as error:
        raise HTTPException(500, str(error))


@app.post("/plans/depth")
async def deep(body: dict):
    try:
        from .plans import Kind

        return {"depth": depth(body), "kinds": [kind.value for kind in Kind]}
    except Exception as error:
        raise HTTPException(500, str(error))


@app.get("/plans/{number}")
def kept_one(number: int):
    try:
        plan = kept_plan(number)
    except Exception as error:
        raise HTTPException(500, f"No plan: {error}")  # AUD308
    return {"steps": len(plan.steps)}


@app.get("/plans/told")
def told(path: str):
    try:
        lines = Told(path).lines
    except Exception as error:
        raise HTTPException(500, f"No plan: {error}")  # AUD308
    return {"lines": lines}


@app.get("/plans/looked-up")
async def looked_up(number: str):
    try:
        return {"plan": app.state.database.get(number)}
    except Exception as error:
        raise HTTPException(500, f"No plan: {error}")  # AUD308


@app.get("/plans/waited-for")
async def waited_for(number: str):
    try:
        return {"plan": await app.state.plans.get(number)}
    except Exception as error:
        raise HTTPException(500, f"No plan: {error}")  # AUD308


@app.get("/plans/steps")
async def steps(body: dict):
    try:
        return [step async for step in steps_of(body)]
    except Exception as error:
        raise HTTPException(500, f"No plan: {error}")  # AUD308


@app.get("/plans/wrapped")
async def decorated(body: dict):
    try:
        return wrapped(body)
    except Exception as error:
        raise HTTPException(500, f"No plan: {error}")  # AUD308


@app.get("/plans/brought")
async def brought(body: dict):
    try:
        import planner

        return {"steps": sorted(body)}
    except Exception as error:
        raise HTTPException(500, f"No plan: {error}")  # AUD308
