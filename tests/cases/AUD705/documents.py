from datetime import datetime

from bson import ObjectId
from pydantic import BaseModel, Field


class Document(BaseModel):
    key: str = Field(default_factory=lambda: str(ObjectId()))
    # MongoDB takes a time without a zone for UTC.
    created_at: datetime = Field(default_factory=datetime.utcnow)
