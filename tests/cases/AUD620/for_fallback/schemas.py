from pydantic import BaseModel

try:
    from pydantic import ConfigDict
except ImportError:
    ConfigDict = dict


class Reading(BaseModel):
    number: int
