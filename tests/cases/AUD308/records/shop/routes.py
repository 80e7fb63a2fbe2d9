"""Routes that send a field of a record."""

from fastapi import APIRouter
from shop.notes import handle, handle_and_tell
from shop.records import new_record

router = APIRouter()


@router.post("/notes")
def note(payload: dict):
    record = handle(new_record(), payload)
    return {"id": str(record.id)}


@router.post("/told")
def told(payload: dict):
    record = handle_and_tell(new_record(), payload)
    return {"id": record.id, "message": record.message}
