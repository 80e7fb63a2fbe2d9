from fastapi import APIRouter, HTTPException

from .texts import shortened, shown

router = APIRouter()


@router.post("/copies")
def copies(name: str):
    try:
        open(name).read()
    except Exception as error:
        raise HTTPException(500, shown(error, "no copy")) from error


@router.post("/copies/short")
def short(name: str):
    try:
        open(name).read()
    except Exception as error:
        raise HTTPException(500, shortened(error, "no copy")) from error  # AUD308
