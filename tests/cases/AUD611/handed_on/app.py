import asyncio

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from store import Store, bill, check_order

app = FastAPI()
store = Store()


@app.post("/rows")
async def create(request: Request):
    body = await request.json()
    try:
        return JSONResponse(store.create(body))  # AUD611
    except ValueError as error:
        return JSONResponse({"error": str(error)}, status_code=400)


@app.post("/rows/answered")
async def create_answered(request: Request):
    body = await request.json()  # AUD611
    try:
        return store.create(body)
    except KeyError:
        raise HTTPException(400) from None


@app.put("/rows/{key}")
async def rename(key: str, body: dict):
    store.rename(key, payload=body)  # AUD611
    return {"ok": True}


@app.post("/notes")
async def note(body: dict):
    return store.note(body)


@app.post("/weights")
async def weigh(body: dict):
    return [store.weigh(body), store.guarded(body)]


@app.post("/orders")
async def order(body: dict):
    check_order(body)
    return store.create(body)


@app.post("/bills")
async def send_bill(body: dict):
    asyncio.get_running_loop().create_task(bill(body))
    return {"ok": True}


@app.post("/bills/now")
async def send_bill_now(body: dict):
    return await bill(body)  # AUD611
