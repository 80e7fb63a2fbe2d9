from pydantic import BaseModel, ConfigDict


class Reading(BaseModel):
    model_config = ConfigDict(frozen=True)
    number: int
