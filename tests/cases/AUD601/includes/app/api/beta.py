from fastapi import APIRouter

from app import constants

PREFIX = constants.BETA
router = APIRouter(prefix=constants.BETA + "/v1")
named = APIRouter(prefix=PREFIX)


@router.get("/{item}")
async def item(item: str): ...


@named.get("/{item}/names")
async def names(item: str): ...
