"""Bodies of FastAPI: what is taken for granted, and what somebody looks at."""

import contextlib
import json
from typing import Annotated, Any, Dict

from fastapi import APIRouter, Body, Depends, Header, HTTPException, Request
from pydantic import BaseModel
from shop import check_order, current_user, handle_errors, hmac_of, schema, stored

router = APIRouter()


class Order(BaseModel):
    item: str


@router.post("/plain")
async def plain(request: Request):
    data = await request.json()
    return data["item"], data["count"]  # AUD611


@router.post("/typed")
def typed(data: Dict[str, Any] = Body(...), user=Depends(current_user)):
    return data["item"]  # AUD611


@router.post("/annotated")
def annotated(data: Annotated[dict, Body()]):
    return data["item"]["name"]  # AUD611


@router.post("/direct")
async def direct(request: Request):
    return (await request.json())["item"]  # AUD611


@router.post("/loaded")
async def loaded(request: Request):
    data = json.loads(await request.body())
    return data["item"]  # AUD611


@router.post("/other-key")
def other_key(data: dict):
    count = data.get("count", 1)
    return data["item"], count  # AUD611


@router.post("/wrong-catch")
def wrong_catch(data: dict):
    try:
        return data["item"]  # AUD611
    except ValueError:
        raise HTTPException(400)


# -- silent ------------------------------------------------------------------------------------------------


@router.post("/caught")
def caught(data: dict):
    try:
        return data["item"]
    except (KeyError, TypeError):
        raise HTTPException(400)


@router.post("/suppressed")
def suppressed(data: dict):
    with contextlib.suppress(KeyError):
        return data["item"]


@router.post("/tested")
def tested(data: dict):
    if "item" not in data:
        raise HTTPException(400)
    return data["item"]


@router.post("/got")
def got(data: dict):
    if not data.get("item"):
        raise HTTPException(400)
    return data["item"]


@router.post("/each")
def each(data: dict):
    for key in ("item", "count"):
        if not data.get(key):
            raise HTTPException(400)
    return data["item"]


@router.post("/model")
def model(data: dict):
    Order.model_validate(data)  # AUD611
    return data["item"]


@router.post("/model-made")
def model_made(data: dict):
    order = Order(**data)  # AUD611
    return order, data["item"]


@router.post("/checked")
def checked(data: dict):
    check_order(data)
    return data["item"]


@router.post("/schema")
def by_schema(data: dict):
    schema.validate(data)
    return data["item"]


@router.post("/read-again")
async def read_again(request: Request, order: Order):
    data = await request.json()
    return data["item"], order


@router.post("/signed")
async def signed(request: Request, x_signature: str = Header()):
    data = await request.json()
    if x_signature != hmac_of(await request.body()):
        raise HTTPException(403)
    return data["event"]


@router.post("/webhook/orders")
async def orders(request: Request):
    data = await request.json()
    return data["event"]


@router.post("/passed-through")
async def passed_through(request: Request):
    return stored(await request.json())  # AUD611


@router.post("/wrapped")
@handle_errors
def wrapped(data: dict):
    return data["item"]


@router.post("/written")
def written(data: dict):
    data["item"] = "x"
    return data


@router.post("/numbers")
def numbers(data: dict[str, int]):
    return sum(data.values())


def no_route(data: dict):
    return data["item"]


@router.get("/settings")
def settings(options: dict = Depends(stored)):
    return options["theme"]


@router.post("/popped")
async def popped(info: dict = Body(...)):
    kind = info.pop("kind")  # AUD611
    return {"kind": kind, "name": info.pop("name", None)}


@router.post("/popped/from-request")
async def popped_from_request(request: Request):
    data = await request.json()
    return {"kind": data.pop("kind")}  # AUD611


@router.post("/popped/caught")
async def popped_caught(info: dict = Body(...)):
    try:
        return {"kind": info.pop("kind")}
    except KeyError:
        raise HTTPException(422) from None


@router.post("/texts")
def texts(data: dict[str, str]):
    name = data.get("name")
    if not name:
        raise HTTPException(400)
    return name.strip()


@router.post("/numbers-in-texts")
def numbers_in_texts(data: dict[str, str]):
    count = data.get("count")
    return int(count)  # AUD611


@router.post("/anything")
def anything(data: dict[str, Any]):
    name = data.get("name")
    if not name:
        raise HTTPException(400)
    return name.strip()  # AUD611
