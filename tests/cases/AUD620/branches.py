"""A module that asks for the version first, and defines its models for each."""

from pydantic import BaseModel, ConfigDict
from pydantic.version import VERSION

PYDANTIC_V2 = VERSION.startswith("2.")

if PYDANTIC_V2:

    class Lenient(BaseModel):
        model_config = ConfigDict(extra="allow")

else:

    class Lenient(BaseModel):
        class Config:
            extra = "allow"


class Strict(BaseModel):
    class Config:  # AUD620
        extra = "forbid"
