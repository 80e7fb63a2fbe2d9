from fastapi import Depends, FastAPI, HTTPException

from app import crud
from app.crud import find_order, load_order
from app.database import get_session

app = FastAPI()


@app.get("/a/{order_id}")
def first(order_id: int, session=Depends(get_session)):
    order = crud.get_order(session, order_id)
    return {"total": order.total}  # AUD628


@app.get("/b/{order_id}")
async def second(order_id: int, session=Depends(get_session)):
    return {"total": (await load_order(session, order_id=order_id)).total}  # AUD628


@app.get("/c/{order_id}")
async def third(order_id: int, session=Depends(get_session)):
    order = await find_order(session, order_id)
    if not order:
        raise HTTPException(404)
    return {"total": order.total}


@app.get("/d/{order_id}")
async def fourth(order_id: int, session=Depends(get_session)):
    order = crud.get_or_fail(session, order_id)
    return {"total": order.total, "number": crud.get_total(session, order_id).bit_length()}


@app.get("/e/{order_id}")
async def fifth(order_id: str):
    order = crud.read_order(order_id)
    return {"total": order["total"]}  # AUD628


@app.get("/f")
async def sixth(session=Depends(get_session)):
    return {"total": crud.get_order(session, 1).total}
