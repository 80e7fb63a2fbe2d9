from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, Field, ValidationError

app = FastAPI()


class Order(BaseModel):
    item: str
    count: int = 1


class Page(BaseModel):
    size: int = 20
    kind: ClassVar[str] = "page"


class Anything(BaseModel):
    value: Any = None


class Node(Order):
    name: str = Field(...)


@dataclass
class Address:
    street: str
    city: str = ""


class Open:
    def __init__(self, **given):
        self.given = given


def store(item, count=1):
    return item, count


def keep(**given):
    return given


@app.post("/orders")
def order(body: dict):
    return Order(**body)  # AUD611


@app.put("/orders")
async def put(request: Request):
    body = await request.json()
    return Order.model_validate(body)  # AUD611


@app.post("/pages")
def page(body: dict):
    return Page(**body)  # AUD611


@app.post("/nodes")
def node(body: dict):
    return Node(item="one", **body)  # AUD611


@app.post("/anything")
def anything(body: dict):
    return Anything(**body)


@app.post("/addresses")
def address(body: dict[str, Any]):
    return Address(**body)  # AUD611


@app.post("/stored")
def stored(body: dict):
    return store("one", **body)  # AUD611


@app.post("/kept")
def kept(body: dict):
    return keep(**body), Open(**body)


@app.post("/caught")
def caught(body: dict):
    try:
        return Order(**body)
    except ValidationError as error:
        raise HTTPException(422, str(error)) from error


@app.post("/caught-as-value")
def caught_as_value(body: dict):
    try:
        return Order(**body)
    except ValueError as error:
        raise HTTPException(422, "no order") from error


@app.post("/answered-with-fault")
def answered_with_fault(body: dict):
    try:
        return Order(**body)  # AUD611
    except Exception as error:
        raise HTTPException(500, "no order") from error


@app.post("/looked-at")
def looked_at(body: dict):
    if not {"item", "count"}.issuperset(body):
        raise HTTPException(422, "no order")
    if not isinstance(body.get("item"), str):
        raise HTTPException(422, "no order")
    return Order(**body)


@app.post("/changed")
def changed(body: dict):
    body.update(item="one")
    return Order(**body)


@app.post("/webhooks/orders")
def order_webhook(body: dict):
    return Order(**body)
