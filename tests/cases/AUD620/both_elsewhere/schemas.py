import pydantic
from pydantic import BaseModel, ConfigDict

TWO = pydantic.VERSION.startswith("2")


class Reading(BaseModel):
    number: int
