from fastapi import APIRouter

from app import constants

PREFIX = constants.ALPHA
router = APIRouter(prefix=constants.ALPHA + "/v1")
named = APIRouter(prefix=PREFIX)


@router.get("/{item}")
async def item(item: str): ...


@named.get("/{item}/names")
async def names(item: str): ...
