"""The routes for whoever runs the service."""

from fastapi import APIRouter

router = APIRouter()


@router.get("/_status")
def state():
    return {"ok": True}
