"""Modules that show by what they use that it is pydantic 2."""

from pydantic import BaseModel


class Order(BaseModel):
    number: int

    class Config:  # AUD620
        populate_by_name = True


class Shop(BaseModel):
    name: str

    class Config:  # AUD620
        arbitrary_types_allowed = True


def as_text(order: Order) -> str:
    return order.json()  # AUD620
