"""Fields of request models that say more than their type, and those that something checks."""

import datetime
from enum import Enum
from typing import Annotated, Literal, Optional

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field, field_validator, model_validator
from shop import audit, check_period, stored

router = APIRouter()


class Kind(str, Enum):
    A = "a"


class Loose(BaseModel):
    start_date: str  # AUD605
    end_date: Optional[str] = None  # AUD605
    expires_at: str | None = None  # AUD605
    due_time: str = Field("", max_length=40)  # AUD605
    level: str = Field("low", description="One of 'low', 'middle' or 'high'")  # AUD605
    order: str = Field(description="`asc` | `desc`")  # AUD605


class Fine(BaseModel):
    start_date: datetime.date
    end_date: datetime.datetime | None = None
    expires_at: Annotated[str, Field(pattern=r"\d{4}-\d\d-\d\d")]
    created_at: str = Field(pattern=r"\d{4}-\d\d-\d\d")
    level: Literal["low", "high"] = "low"
    kind: Kind = Field(Kind.A, description="'a' or 'b'")
    name: str = Field(description="a name, e.g. 'ann' or 'bob'")
    color: str = Field(description="'red', 'blue' or a custom one")
    unit: str = Field(description="the unit 'm'")
    candidate: str
    update: str
    format: str


class Validated(BaseModel):
    starting_at: str

    @field_validator("starting_at")
    @classmethod
    def is_date(cls, value):
        datetime.datetime.fromisoformat(value)
        return value


class ValidatedWhole(BaseModel):
    from_date: str
    to_date: str

    @model_validator(mode="after")
    def is_period(self):
        check_period(self.from_date, self.to_date)
        return self


class Parsed(BaseModel):
    since_date: str
    until_date: str
    birthday: str
    mode: str = Field("a", description="'a' or 'b'")
    table: str = Field("a", description="'a' or 'b'")


class Answer(BaseModel):
    """No route takes it."""

    created_at: str
    state: str = Field(description="'open' or 'closed'")


@router.post("/loose")
def loose(body: Loose) -> Answer:
    audit(body)
    return Answer(created_at="now", state="open")


@router.post("/fine")
def fine(body: Fine):
    return stored(body)


@router.post("/validated")
def validated(body: Validated):
    return stored(body)


@router.post("/whole")
def validated_whole(body: ValidatedWhole):
    return stored(body)


@router.post("/parsed")
def parsed(body: Parsed):
    since = datetime.date.fromisoformat(body.since_date)
    year = body.until_date.split("-")[0]
    if body.birthday == "":
        return since
    if body.mode not in ("a", "b"):
        return year
    return {"a": 1, "b": 2}[body.table]


class Filters(BaseModel):
    before_date: str = Query("")  # AUD605


@router.get("/filtered")
def filtered(filters: Filters = Depends()):
    return stored(filters)


class Forgotten(BaseModel):
    dataset: str | None = Field(None, description="Give either `dataset` or `datasetId`, not both.")
    dataset_id: int | None = None


@router.post("/forgotten")
def forgotten(body: Forgotten):
    return stored(body)


class Payment(BaseModel):
    payment_date: str

    _real_date = field_validator("payment_date")(stored)


@router.post("/payments")
def payments(body: Payment):
    return stored(body)


class Cut(BaseModel):
    start_time: str | None = None  # "hh:mm:ss"
    end_time: str | None = None
    end_date: str | None = None  # AUD605


@router.post("/cuts")
def cuts(body: Cut):
    """A place in a film is no date."""
    return stored(body)


class Meeting(BaseModel):
    start_time: str  # AUD605


@router.post("/meetings")
def meetings(body: Meeting):
    return stored(body)
