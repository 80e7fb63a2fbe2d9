"""A module that works with both: it asks first what the model has."""

from pydantic import BaseModel


class Order(BaseModel):
    number: int

    class Config:
        orm_mode = True
        from_attributes = True


def as_dict(order: Order):
    if hasattr(order, "model_dump"):
        return order.model_dump()
    return order.dict()
