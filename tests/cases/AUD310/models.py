from fastapi import APIRouter, HTTPException, Request
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel

router = APIRouter()
templates = Jinja2Templates("templates")


class Answer(BaseModel):
    ok: bool
    text: str = ""


@router.get("/a")
def model(name: str):
    try:
        if not name:
            raise HTTPException(400, "a name is missing")
        return Answer(ok=True)
    except Exception:  # AUD310
        return Answer(ok=False, text="not read")


@router.get("/b")
def page(request: Request, name: str):
    try:
        if not name:
            raise HTTPException(400, "a name is missing")
        return templates.TemplateResponse(request, "page.html")
    except Exception:  # AUD310
        return templates.TemplateResponse(request, "failure.html")


@router.get("/c")
def page_with_status(request: Request, name: str):
    try:
        if not name:
            raise HTTPException(400, "a name is missing")
        return templates.TemplateResponse(request, "page.html")
    except Exception:
        return templates.TemplateResponse(request, "failure.html", status_code=400)


@router.get("/d")
def model_after_all(name: str):
    try:
        if not name:
            raise HTTPException(400, "a name is missing")
        return Answer(ok=True)
    except HTTPException:
        raise
    except Exception:
        return Answer(ok=False, text="not read")


@router.get("/e")
def document(name: str):
    empty = {"names": []}
    try:
        if not name:
            raise HTTPException(400, "a name is missing")
        return {"names": [name]}
    except Exception:  # AUD310
        return empty


def helper(name: str):
    try:
        if not name:
            raise HTTPException(400, "a name is missing")
        return Answer(ok=True)
    except Exception:
        return Answer(ok=False, text="not read")
