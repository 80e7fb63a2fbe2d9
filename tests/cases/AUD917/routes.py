"""Routes that say what they return, and those that do not."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel
from shop import find, notes, pages

router = APIRouter()
templates = Jinja2Templates(directory="pages")


class Note(BaseModel):
    text: str


@router.get("/plain")
def plain():  # AUD917
    return {"text": "x"}


@router.get("/any")
async def anything() -> Any:  # AUD917
    return await find()


@router.get("/shapeless")
def shapeless() -> dict:  # AUD917
    found = notes.copy()
    return found


# -- silent ------------------------------------------------------------------------------------------------


@router.get("/typed")
def typed() -> dict[str, Note]:
    return notes


@router.get("/model", response_model=list[Note])
def model():
    return notes


@router.get("/none", response_model=None)
def none():
    return notes


@router.delete("/gone", status_code=204)
def gone():
    notes.clear()


@router.post("/moved")
def moved():
    return RedirectResponse("/notes")


@router.get("/page")
def page(request: Request):
    return templates.TemplateResponse(request, "page.html")


@router.get("/either")
def either(wanted: bool):
    if not wanted:
        return JSONResponse({"code": "unwanted"}, status_code=404)
    return {"text": "x"}


@router.get("/hidden", include_in_schema=False)
def hidden():
    return {"text": "x"}


@router.get("/forwarded")
async def forwarded(request: Request):
    return await pages.forward(request)


def helper():
    return {"text": "x"}


@router.options("/m")
def preflight():
    return {"message": "OK"}
