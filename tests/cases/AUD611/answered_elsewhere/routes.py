from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()


class Order(BaseModel):
    item: str


@router.post("/orders")
def order(body: dict):
    return Order(**body)


@router.put("/orders")
def put(body: dict):
    return body["item"]  # AUD611
