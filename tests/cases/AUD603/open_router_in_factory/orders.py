"""Guarded routes."""

from fastapi import APIRouter, Depends

from guards import current_user

router = APIRouter(prefix="/orders")


@router.post("/{name}")
def post_one(name: str, user=Depends(current_user)):
    return name


@router.put("/{name}")
def put_one(name: str, user=Depends(current_user)):
    return name
