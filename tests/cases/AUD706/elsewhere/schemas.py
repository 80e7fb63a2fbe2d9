from typing import Optional

from pydantic import BaseModel, Field


class Ask(BaseModel):
    temperature: Optional[float] = None
    threshold: Optional[float] = Field(None, gt=0)
    seed: int = 3
