import json

from fastapi import FastAPI, HTTPException, WebSocket
from fastapi.responses import StreamingResponse

from keeping import keeping
from services import orders

app = FastAPI()


@app.post("/orders")
async def add(order: dict):
    result = await orders.add(order)
    if not result.ok:
        raise HTTPException(500, detail=result.error)
    return {}


@app.get("/orders/{number}")
async def rows(number: str):
    async def lines():
        async for row in orders.rows(number):
            yield f"data: {json.dumps(row)}\n\n"

    return StreamingResponse(lines())


@app.websocket("/orders")
async def told(socket: WebSocket):
    await socket.accept()
    async for row in orders.told(await socket.receive_text()):
        await socket.send_json(row)


@app.get("/counts/{number}")
async def counted(number: str):
    count = 0
    async for row in orders.counted(number):
        count += len(row)
    return {"count": count}


@app.get("/refused/{number}")
async def refused(number: str):
    async def lines():
        async for row in orders.refused(number):
            if "error" in row:
                yield "failed"
                return
            yield json.dumps(row)

    return StreamingResponse(lines())


@app.get("/opened/{number}")
async def opened(number: str):
    lines = await orders.opened(number)
    return StreamingResponse(lines)


@app.get("/kept/{number}")
async def kept(number: str):
    lines = await orders.kept(number)
    return {"count": len([line async for line in lines])}


@app.post("/many")
def many(found: list[dict]):
    results = orders.many(found)
    return {"results": results}


@app.put("/archive")
def put(order: dict):
    return keeping.put(order)


@app.delete("/archive")
def drop(order: dict):
    return keeping.drop(order)
