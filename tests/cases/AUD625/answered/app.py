import uuid

from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()


@app.exception_handler(ValueError)
async def wrong(request, error):
    return JSONResponse({"error": "wrong"}, status_code=400)


@app.get("/orders/{order_id}")
async def order(order_id: str):
    return {"order": uuid.UUID(order_id)}
