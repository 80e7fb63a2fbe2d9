"""Attributes that requests name, and names that somebody looks at."""

from enum import Enum
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Query, Request
from pydantic import BaseModel
from shop import Model, allowed_only, check_fields, database, flags

router = APIRouter()
CHANGEABLE = frozenset({"name", "color"})


class Field(str, Enum):
    NAME = "name"


class Changes(BaseModel):
    name: str | None = None
    color: str | None = None


@router.get("/sorted")
def sorted_by(order_by: str):
    return database.query(Model).order_by(getattr(Model, order_by))  # AUD618


@router.get("/described")
def described(order_by: Annotated[str, Query(description="the column")] = "name", descending: bool = False):
    column = getattr(Model, order_by)  # AUD618
    return database.query(Model).order_by(column.desc() if descending else column)


@router.put("/one/{field}")
def one(field: str, value: str = Body()):
    setattr(Model, field, value)  # AUD618


@router.patch("/body")
async def body(request: Request):
    data = await request.json()
    for key in data:
        setattr(Model, key, data[key])  # AUD618


@router.patch("/typed")
def typed(changes: dict[str, Any] = Body(...)):
    for key, value in changes.items():
        if hasattr(Model, key):
            setattr(Model, key, value)  # AUD618


@router.patch("/unset")
def none_left_out(changes: dict):
    for key, value in changes.items():
        if value is not None:
            setattr(Model, key, value)  # AUD618


# -- silent ------------------------------------------------------------------------------------------------


@router.get("/literal")
def literal(order_by: Literal["name", "color"] = "name"):
    return database.query(Model).order_by(getattr(Model, order_by))


@router.get("/enum")
def enum(order_by: Field = Field.NAME):
    return database.query(Model).order_by(getattr(Model, order_by.value))


@router.get("/pattern")
def by_pattern(order_by: str = Query("name", pattern="^(name|color)$")):
    return database.query(Model).order_by(getattr(Model, order_by))


@router.get("/tested")
def tested(order_by: str):
    if order_by not in CHANGEABLE:
        raise HTTPException(422)
    return database.query(Model).order_by(getattr(Model, order_by))


@router.get("/asked")
def asked(order_by: str):
    if not hasattr(Model, order_by):
        raise HTTPException(422)
    return database.query(Model).order_by(getattr(Model, order_by))


@router.get("/default")
def with_default(order_by: str):
    return database.query(Model).order_by(getattr(Model, order_by, Model.name))


@router.get("/caught")
def caught(order_by: str):
    try:
        column = getattr(Model, order_by)
    except AttributeError:
        raise HTTPException(422)
    return database.query(Model).order_by(column)


@router.get("/mapped")
def mapped(order_by: str):
    return database.query(Model).order_by({"name": Model.name}[order_by])


@router.get("/put-together")
def put_together(kind: str):
    return getattr(flags, f"show_{kind}")


@router.patch("/model")
def model(changes: Changes):
    for key, value in changes.model_dump(exclude_unset=True).items():
        setattr(Model, key, value)


@router.patch("/allowed")
def allowed(changes: dict):
    for key, value in changes.items():
        if key in CHANGEABLE:
            setattr(Model, key, value)


@router.patch("/only")
def only(changes: dict):
    for key, value in allowed_only(changes).items():
        setattr(Model, key, value)


@router.patch("/checked")
def checked(changes: dict):
    check_fields(changes)
    for key, value in changes.items():
        setattr(Model, key, value)


@router.patch("/difference")
def difference(changes: dict):
    if changes.keys() - CHANGEABLE:
        raise HTTPException(422)
    for key, value in changes.items():
        setattr(Model, key, value)


@router.patch("/taken-out")
def taken_out(changes: dict):
    changes.pop("is_admin", None)
    for key, value in changes.items():
        setattr(Model, key, value)


@router.patch("/own-names")
def own_names(changes: dict):
    for key in CHANGEABLE:
        setattr(Model, key, changes.get(key))


def no_route(changes: dict):
    for key, value in changes.items():
        setattr(Model, key, value)


@router.post("/run/{method}")
def run(method: str):
    action = getattr(database, method, None)  # AUD618
    if action is None:
        raise HTTPException(404)
    return action()


@router.get("/shown/{name}")
def shown(name: str):
    value = getattr(flags, name, None)
    return {"value": value}
