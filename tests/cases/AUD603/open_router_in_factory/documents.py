"""A router that nobody guards."""

from fastapi import APIRouter, Depends

from guards import connection

router = APIRouter(prefix="/documents")
documents = {}


@router.post("/{name}")
def add(name: str, text: str, store=Depends(connection)):  # AUD603
    documents[name] = text


@router.delete("/{name}")
def remove(name: str):  # AUD603
    documents.pop(name, None)


@router.get("/{name}")
def read(name: str):
    return documents[name]
